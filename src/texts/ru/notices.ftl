# What people are told later, `notice-…`.

notice-signed-in-elsewhere =
    🔔 Под вашим логином вошли с другого Telegram-аккаунта: { TIME($at) }.

    Если это не вы, нажмите «Где выполнен вход», затем «Выйти» под незнакомым аккаунтом и смените пароль: «Настройки» → «Сменить пароль».
notice-signed-out =
    🔔 Вход в этом Telegram-аккаунте закрыли с другого аккаунта под тем же логином: { TIME($at) }.

    Если это не вы, нажмите «Забыли пароль?» и задайте новый.
notice-recovered =
    🔔 Для вашего логина задан новый пароль по коду из SMS: { TIME($at) }. Вход в этом Telegram-аккаунте закрыт.

    Если это не вы, нажмите «Забыли пароль?» и задайте новый.
notice-password-changed =
    🔔 Пароль вашего логина изменили с другого Telegram-аккаунта: { TIME($at) }.

    Если это не вы, нажмите «Забыли пароль?» и задайте новый.
notice-phone-changed =
    🔔 Телефон вашего логина изменили с другого Telegram-аккаунта: { TIME($at) }.

    Если это не вы, обратитесь в пункт приёма платежей: адреса — в разделе «Контакты».
notice-login-changed =
    🔔 Телефон вашего логина изменили с другого Telegram-аккаунта: { TIME($at) }. Логином был номер телефона, и он сменился вместе с ним.

    Теперь ваш логин — <b>{ $login }</b>, пароль прежний. Если это не вы, обратитесь в пункт приёма платежей: адреса — в разделе «Контакты».
notice-login-changed-signed-out =
    🔔 Телефон вашего логина изменили с другого Telegram-аккаунта. Логином был номер телефона, и он сменился вместе с ним: теперь входите по новому номеру, пароль прежний.

    Если это не вы, обратитесь в пункт приёма платежей: адреса — в разделе «Контакты».
notice-phone-taken =
    🔔 Номер телефона вашего логина теперь подтвердил другой человек.

    Ваш логин — <b>{ $login }</b>, пароль прежний. Подтвердите, пожалуйста, свой новый номер.
notice-consent-withdrawn-on-paper =
    🔔 Согласие на обработку персональных данных отозвано по вашему заявлению: { TIME($at) }. Логин и данные удалены, вход закрыт.

    Если заявления вы не писали, позвоните в центр: телефоны — в разделе «Контакты» (/contacts).
notice-consent-withdrawn =
    🔔 Согласие на обработку персональных данных отозвали с другого Telegram-аккаунта под вашим логином: { TIME($at) }. Логин и данные удалены, вход закрыт.

    Чтобы снова пользоваться кабинетом, зарегистрируйтесь.

# News: each has a name, which its switch and a person's copy of the data say, and a form without figures for whoever is signed out.

news-name-charges = Новые начисления
news-name-due-day = Скоро день оплаты
news-name-payments = Зачисление платежей
news-name-readings-open = Начало приёма показаний
news-name-readings-close = Окончание приёма показаний
news-name-verification = Срок поверки счётчиков
news-name-requests = Ответы на обращения
news-name-announcements = Объявления

notice-charges =
    🔔 <b>Новые начисления за { PERIOD($period) }</b>
    { account-title }

    { $balance ->
        [debt] { $rest ->
            [0] { notice-charges-paid }
           *[other] { notice-charges-rest }
        }
        [overpaid] Платить не нужно: переплата { MONEY($total) }.
       *[even] Платить не нужно: задолженности нет.
    }
notice-charges-paid = <b>Платить сейчас не нужно.</b> { $underWay ->
    [0] Вы уже заплатили.
   *[other] Ваш платёж { MONEY($underWay) } в пути: через несколько дней он появится в расчётах.
}
# What is left to pay, and by when.
notice-charges-rest = { $deducted ->
        [0] К оплате
       *[other] Осталось оплатить
    }: <b>{ MONEY($rest) }</b>{ $inTime ->
        [yes] {" "}до { DATE($payBy) }
       *[no] {""}
    }.{ notice-deducted }
# What was paid in the bot besides: what no registry has brought yet, and what one has and the newest charges cannot contain.
notice-deducted = { pay-under-way-line }{ $unbilled ->
    [0] {""}
   *[other] {"\u000A"}Уже получено { MONEY($unbilled) }: в последнюю квитанцию это не вошло, вычтут в следующей.
}
notice-charges-many =
    🔔 <b>Новые начисления{ $onePeriod ->
        [yes] {" "}за { PERIOD($period) }
       *[no] {""}
    }</b>
    Лицевых счетов: { $accountCount }

    { $lines }
    { news-more-accounts }

    { $rest ->
        [0] Платить не нужно.{ notice-deducted }
       *[other] { $deducted ->
            [0] Всего к оплате
           *[other] Осталось оплатить
        }: <b>{ MONEY($rest) }</b>{ $inTime ->
            [yes] {" "}до { DATE($payBy) }
           *[no] {""}
        }.{ notice-deducted }
    }
notice-charges-line = • { account-brief }: { $balance ->
    [debt] { MONEY($total) }
    [overpaid] переплата { MONEY($total) }
   *[even] платить не нужно
}
# The sum that was told before is no longer right.
notice-charges-corrected =
    🔔 <b>Начисления за { PERIOD($period) } изменились</b>
    { account-title }

    Итог квитанции: { charges-corrected }.

    { $balance ->
        [debt] { $rest ->
            [0] { notice-charges-paid }
           *[other] { notice-charges-rest }
        }
        [overpaid] Платить не нужно: переплата { MONEY($total) }.
       *[even] Платить не нужно: задолженности нет.
    }
charges-corrected = { $wasBalance ->
    [overpaid] была переплата { MONEY($was) }
    [even] платить было нечего
   *[other] было { MONEY($was) }
}, { $nowBalance ->
    [overpaid] стала <b>переплата { MONEY($now) }</b>
    [even] теперь <b>платить нечего</b>
   *[other] стало <b>{ MONEY($now) }</b>
}
notice-charges-corrected-line = • { account-brief }: { charges-corrected }
notice-charges-corrected-many =
    🔔 <b>Начисления{ $onePeriod ->
        [yes] {" "}за { PERIOD($period) }
       *[no] {""}
    } изменились</b>
    Лицевых счетов: { $accountCount }. Итог квитанции:

    { $lines }
    { news-more-accounts }

    { $rest ->
        [0] Платить не нужно.{ notice-deducted }
       *[other] { $deducted ->
            [0] Всего к оплате
           *[other] Осталось оплатить
        } по этим счетам: <b>{ MONEY($rest) }</b>{ $inTime ->
            [yes] {" "}до { DATE($payBy) }
           *[no] {""}
        }.{ notice-deducted }
    }
notice-charges-plain = 🔔 В кабинете новые начисления. Посмотреть их можно в разделе «Задолженность».
news-more-accounts = { $more ->
    [0] {""}
    [one] и ещё { $more } счёт
    [few] и ещё { $more } счёта
   *[many] и ещё { $more } счетов
}
news-more-meters = { $more ->
    [0] {""}
    [one] и ещё { $more } счётчик
    [few] и ещё { $more } счётчика
   *[many] и ещё { $more } счётчиков
}
notice-charges-signed-out = 🔔 В кабинете новые начисления. Войдите, чтобы посмотреть.
notice-due-day =
    🔔 <b>Скоро день оплаты: { DATE($payBy) }</b>
    { account-title }

    К оплате за { PERIOD($period) }: <b>{ MONEY($rest) }</b>.{ notice-deducted }
    Если вы уже заплатили, ничего делать не нужно: платёж учтут через несколько дней.
notice-due-day-many =
    🔔 <b>Скоро день оплаты: { DATE($payBy) }</b>
    Лицевых счетов: { $accountCount }

    { $lines }
    { news-more-accounts }

    Всего к оплате: <b>{ MONEY($rest) }</b>.{ notice-deducted }
    Если вы уже заплатили, ничего делать не нужно: платёж учтут через несколько дней.
notice-due-day-line = • { account-brief }: { MONEY($rest) }
notice-due-day-plain = 🔔 Скоро день оплаты. Сколько заплатить, видно в разделе «Задолженность».
notice-due-day-signed-out = 🔔 Скоро день оплаты за жильё и коммунальные услуги. Войдите, чтобы посмотреть сумму, если ещё не заплатили.
notice-payments =
    🔔 <b>{ payments-head }</b>
    { account-title }

    { $lines }
    { $more ->
        [0] {""}
        [one] и ещё { $more } платёж
        [few] и ещё { $more } платежа
       *[many] и ещё { $more } платежей
    }
    { $moved ->
        [mixed] { payments-net }
       *[other] {""}
    }
payments-head = { $moved ->
    [credited] { $count ->
        [1] Платёж зачислен
       *[other] Платежи зачислены
    }
    [reversed] { $count ->
        [1] Платёж отменён
       *[other] Платежи отменены
    }
   *[mixed] Изменения в платежах
}
# What payments and their reversals come to together.
payments-net = { $way ->
    [paid] Всего зачислено: { MONEY($net) }
    [returned] Всего снято: { MONEY($net) }
   *[nothing] Вместе они ничего не меняют.
}
notice-payments-many =
    🔔 <b>{ payments-head }</b>
    Лицевых счетов: { $accountCount }

    { $lines }
    { news-more-accounts }

    { $way ->
        [paid] Всего зачислено: <b>{ MONEY($net) }</b>
        [returned] Всего снято: <b>{ MONEY($net) }</b>
       *[nothing] Вместе они ничего не меняют.
    }
notice-payments-account = • { account-brief }: { $way ->
    [paid] { MONEY($net) }
    [returned] снято { MONEY($net) }
   *[nothing] платёж и его отмена
}
notice-payments-corrected =
    🔔 <b>{ payments-corrected-head }</b>
    { account-title }

    { $lines }
    { $more ->
        [0] {""}
        [one] и ещё { $more } платёж
        [few] и ещё { $more } платежа
       *[many] и ещё { $more } платежей
    }{ payments-corrected-moved }
payments-corrected-head = { $moved ->
    [all] { $count ->
        [1] Платёж отнесён на другой счёт
       *[other] Платежи отнесены на другой счёт
    }
   *[other] { $count ->
        [1] Платёж исправлен
       *[other] Платежи исправлены
    }
}
# Whoever paid it knows better.
payments-corrected-moved = { $moved ->
    [none] {""}
   *[other] {"\u000A\u000A"}Мы уточнили, за какой лицевой счёт внесены деньги. Если платили за этот, напишите нам.
}
notice-payments-corrected-line = { DATE($day) }: { $moved ->
        [yes] { $reversed ->
            [yes] отмена платежа на { MONEY($was) } — отнесена на другой счёт
           *[no] { MONEY($was) } — отнесён на другой счёт
        }
       *[no] { $reversed ->
            [yes] отмена платежа —{" "}
           *[no] {""}
        }было { MONEY($was) }, стало <b>{ MONEY($now) }</b>
    }
notice-payments-corrected-many =
    🔔 <b>{ payments-corrected-head }</b>
    Лицевых счетов: { $accountCount }

    { $lines }
    { news-more-accounts }{ $moved ->
        [none] {""}
       *[other] {"\u000A\u000A"}Мы уточнили, за какие лицевые счета внесены деньги. Если это ошибка, напишите нам.
    }
notice-payments-corrected-account = • { account-brief }: { $way ->
    [paid] зачислено больше на { MONEY($net) }
    [returned] зачислено меньше на { MONEY($net) }
   *[nothing] в сумме столько же
}
notice-payments-plain = 🔔 В кабинете новые сведения о платежах. Посмотреть их можно в разделе «История начислений и платежей».
notice-payments-line = { DATE($day) }: { $reversed ->
        [yes] отмена платежа на { MONEY($sum) }
       *[no] { MONEY($sum) }
    }
notice-payments-signed-out = 🔔 В кабинете новые сведения о платежах. Войдите, чтобы посмотреть.
notice-readings-open = 🔔 Открыт приём показаний счётчиков: их можно передать здесь до { DATE($closes) } включительно.
notice-readings-open-signed-out = 🔔 Открыт приём показаний счётчиков. Войдите, чтобы передать их.
notice-readings-close =
    🔔 Приём показаний счётчиков заканчивается: последний день — { DATE($closes) }.

    Осталось передать показания:
    { $accounts }
    { news-more-accounts }
notice-readings-close-signed-out = 🔔 Приём показаний счётчиков заканчивается. Войдите, чтобы передать их, если ещё не передали.
notice-verification =
    🔔 <b>{ $count ->
        [1] Заканчивается срок поверки счётчика
       *[other] Заканчивается срок поверки счётчиков
    }: { DATE($due) }</b>
    { account-title }

    { $meters }

    Сделайте поверку или замените { $count ->
        [1] счётчик
       *[other] счётчики
    } заранее: иначе плату придётся считать без показаний. { verification-counted }
# No paper is needed, and a date that is still the old one is to be told of.
verification-counted = Документ о поверке приносить не нужно: её учитывают по записи в ФГИС «Аршин». Если запись там уже есть, а срок здесь прежний, напишите нам.
notice-verification-meter = { $service }: № { NO($number) }
notice-verification-many =
    🔔 <b>Заканчивается срок поверки счётчиков</b>

    { $lines }
    { news-more-meters }

    Сделайте поверку или замените счётчики заранее: иначе плату придётся считать без показаний. { verification-counted }
notice-verification-line = • { account-brief }: { $service }, № { NO($number) }, до { DATE($due) }
notice-verification-plain = 🔔 Заканчивается срок поверки счётчиков. Какого и когда, видно в разделе «Передать показания счётчиков».
notice-verification-signed-out = 🔔 Скоро заканчивается срок поверки одного из ваших счётчиков. Войдите, чтобы узнать подробности.
