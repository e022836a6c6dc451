# Staff in private, «Найти лицевой счёт»: an account or a resident, masked by what is needed.

staff-find-what = Что найти? Напишите номер лицевого счёта или обращения (№ 12), телефон или логин жителя, адрес («Портовая 5, кв. 17») или слова из обращения. Каждый просмотр записывается в журнал.
staff-find-more = Найти ещё? Напишите номер счёта или обращения, телефон, логин, адрес или слова.
staff-find-request = { $request }
staff-find-found =
    { $accountCount ->
        [0] {""}
       *[other] <b>Лицевые счета по адресу</b>{"\u000A"}{ $accounts }
    }{ $moreAccounts ->
        [0] {""}
       *[other] {"\u000A"}И ещё { $moreAccounts }. Чтобы найти нужный, напишите улицу с домом и квартирой: «Портовая 5, кв. 17».
    }

    { $requestCount ->
        [0] {""}
       *[other] <b>Обращения</b>{"\u000A"}{ $requests }
    }{ $moreRequests ->
        [yes] {"\u000A"}Есть и более ранние: чтобы найти их, добавьте слово.
       *[no] {""}
    }
staff-find-nothing = { $asked ->
    [account] Лицевого счёта с таким номером нет в реестре. Проверьте номер: новые счета появляются после загрузки реестра.
    [words] Ничего не нашлось. Напишите иначе: номер счёта или обращения целиком, телефон, логин, улицу с домом или слово из обращения.
    [phone] Жителя с таким телефоном нет: он ещё не зарегистрировался или сменил номер. Попробуйте номер счёта, адрес или логин.
   *[both] Нет ни лицевого счёта с таким номером, ни жителя с таким телефоном. Проверьте цифры.
}

staff-find-account =
    { staff-account-title }
    { $address }
    Владелец: { $owner }

    { $balance ->
        [none] Начислений пока нет.
        [debt] <b>К оплате: { MONEY($total) }</b>, начисления за { PERIOD($period) }
        [overpaid] <b>Переплата: { MONEY($total) }</b>, начисления за { PERIOD($period) }
       *[even] <b>Задолженности нет</b>, начисления за { PERIOD($period) }
    }{ $underWay ->
        [0] {""}
       *[other] {"\u000A"}В пути: { MONEY($underWay) }
    }{ $unbilled ->
        [0] {""}
       *[other] {"\u000A"}Оплачено в боте, но в квитанцию не вошло: { MONEY($unbilled) }
    }{ $dated ->
        [yes] {"\u000A"}Платежи — на { DATE($day) }
       *[no] {""}
    }

    В кабинете: { $holders ->
        [0] ни у кого
        [one] у { $holders } жителя
       *[other] у { $holders } жителей
    }{ $sessions ->
        [0] {""}
        [one] , { $sessions } Telegram-аккаунт
        [few] , { $sessions } Telegram-аккаунта
       *[other] , { $sessions } Telegram-аккаунтов
    }
    Подключение по сумме: { $sumWay ->
        [closed] <b>закрыто</b> после неверных попыток
       *[open] открыто
    }{ $wrongSums ->
        [0] {""}
       *[other] , неверных сумм за 30 дней: { $wrongSums }
    }{ $closedTo ->
        [0] {""}
        [one] , закрыто для { $closedTo } жителя, у которого счёт отключили
       *[other] , закрыто для { $closedTo } жителей, у которых счёт отключили
    }
    Пароль из пункта: { $password ->
        [yes] выдан и ещё не использован, действует { UNTIL($until) }
       *[no] не выдан
    }
    Обращений: { $requests }{ $openRequests ->
        [0] {""}
       *[other] , открытых: { $openRequests }
    }{ $happened ->
        [0] {""}
       *[other] {"\u000A\u000A"}Последние события:{"\u000A"}{ $events }
    }

staff-event-linked = • { DATE($at) }: счёт подключён
staff-event-link-ended = • { DATE($at) }: счёт отключён
staff-event-password-issued = • { DATE($at) }: выдан пароль
staff-event-sum-way-reopened = • { DATE($at) }: снова открыто подключение по сумме
staff-event-payment = • { DATE($at) }: платёж { MONEY($sum) }
staff-event-reading = • { DATE($at) }: показания от жителя
staff-event-guest-reading = • { DATE($at) }: показания от гостя
staff-event-request = • { DATE($at) }: обращение № { NO($number) }

staff-find-resident =
    <b>Житель</b>, телефон { $phone }, логин { $login }
    { $sessions ->
        [0] Сейчас в кабинет не выполнен вход.
        [one] Вход выполнен: { $sessions } Telegram-аккаунт.
        [few] Вход выполнен: { $sessions } Telegram-аккаунта.
       *[other] Вход выполнен: { $sessions } Telegram-аккаунтов.
    }{ $blocked ->
        [yes] {"\u000A"}Бот заблокирован: уведомления не доходят.
       *[no] {""}
    }

    { $count ->
        [0] Лицевых счетов в кабинете нет.
       *[other] Лицевые счета в кабинете:{"\u000A"}{ $accounts }
    }{ $moreAccounts ->
        [0] {""}
       *[other] {"\u000A"}И ещё { $moreAccounts }: их можно найти по номеру или адресу.
    }

    { $requestCount ->
        [0] Обращений нет.
       *[other] Обращения: { $requestCount }{"\u000A"}{ $requests }
    }{ $more ->
        [0] {""}
       *[other] {"\u000A"}Более ранние: { $more }
    }

staff-requests =
    { $count ->
        [0] По лицевому счёту <code>{ $account }</code> обращений нет.
       *[other] Обращения по лицевому счёту <code>{ $account }</code>: { $count }{"\u000A\u000A"}{ $requests }
    }{ $more ->
        [0] {""}
       *[other] {"\u000A\u000A"}Более ранние: { $more }
    }
staff-requests-line = <b>{ $link ->
    [none] № { NO($number) }
   *[other] <a href="{ $link }">№ { NO($number) }</a>
}</b> от { DATE($at) }: { $about ->
    [request] { $topic }
   *[escalation] сообщение бота
}{ $name ->
    [none] {""}
   *[other] , { $name }
}, { $state ->
    [new] новое
    [taken] в работе
    [answered] отвечено
   *[closed] закрыто
}{ $taken ->
    [yes] {" "}({ $by })
   *[no] {""}
}{ $written ->
    [yes] {"\u000A"}<i>{ $words }</i>
   *[no] {""}
}

staff-reopen-sure = Открыть подключение лицевого счёта <code>{ $account }</code> по сумме платежей? Прежние неверные попытки по этому счёту больше не будут считаться. Подключить его по сумме снова смогут и те, у кого его отключили: жители, сотрудники или смена владельца. Если вы в этом не уверены, нажмите «Отмена».
staff-reopened = Подключение лицевого счёта <code>{ $account }</code> по сумме снова открыто. Запись — в журнале.
