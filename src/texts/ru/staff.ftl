# What the bot tells staff in the group of its own accord: cards, `staff-<kind of escalation>`.
# $repeats: how often the same escalation happened again while its request was open; $repeatedAt: the last time.

staff-limit-by-account =
    ⚠️ <b>Подбор суммы платежей: лицевой счёт <code>{ $account }</code></b>
    За { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    } сумма названа неверно { $failures ->
        [few] { $failures } раза
       *[other] { $failures } раз
    }. Подключение по сумме для этого счёта закрыто, по паролю — работает.
    Если житель обратился и это он ошибался, откройте подключение: прежние ошибки по этому счёту больше не будут считаться. Ему самому по сумме придётся подождать до суток, а по паролю можно сразу.
    { staff-repeats }

staff-limit-by-account-password =
    ⚠️ <b>Подбор пароля: лицевой счёт <code>{ $account }</code></b>
    Пароль из пункта приёма платежей введён неверно { $failures ->
        [few] { $failures } раза
       *[other] { $failures } раз
    } и больше не действует. Владельцу нужен новый: «Выдать пароль» в личном чате с ботом.
    { staff-repeats }

staff-limit-by-person =
    ⚠️ <b>Один человек ошибся при подключении лицевого счёта { $failures ->
        [few] { $failures } раза
       *[other] { $failures } раз
    } за сутки</b>
    Последний счёт, который он пробовал подключить: <code>{ $account }</code>. Подключение по сумме закрыто для него самое большее на сутки.
    { staff-repeats }

staff-limit-by-person-password =
    ⚠️ <b>Один человек ошибся паролем к лицевому счёту { $failures ->
        [few] { $failures } раза
       *[other] { $failures } раз
    } за сутки</b>
    Последний счёт, пароль к которому он вводил: <code>{ $account }</code>. Подключение по паролю закрыто для него самое большее на сутки; сам пароль действует, его владельцу ничего делать не нужно.
    { staff-repeats }

staff-limit-overall =
    ⚠️ <b>Подключение по сумме закрыто для всех, самое большее на сутки</b>
    За сутки сумму назвали неверно { $failures ->
        [few] { $failures } раза
       *[other] { $failures } раз
    }: похоже на подбор. Подключение по паролю работает.
    { staff-repeats }

staff-guest-lookups =
    ⚠️ <b>Без подключения смотрят чужие лицевые счета?</b>
    Один человек за сутки указал номера разных счетов: { $looked }. Последний: <code>{ $account }</code>. Сутки новые номера от него не принимаются. Видел он только адреса без номера квартиры.
    { staff-repeats }

staff-guest-lookups-overall =
    ⚠️ <b>Показания и оплата без подключения счёта закрыты</b>
    За сутки указано номеров лицевых счетов: { $looked }, похоже на перебор. Новые номера снова будут приниматься, когда пройдут сутки. Подключённые счета работают.
    { staff-repeats }

staff-not-me =
    ⚠️ <b>«Это не я»: лицевой счёт <code>{ $account }</code></b>
    Житель, у которого этот счёт подключён, не узнаёт новое подключение: { TIME($linkedAt) }, { $way ->
        [password] по паролю из пункта приёма платежей
        [relative] по ссылке от другого жителя с этим счётом
       *[sum] по сумме платежей
    }. Проверьте, кто подключил счёт. Кто пожаловался, тому бот скажет, что вы решили, а новому жителю — если вы закроете его подключение.
    { staff-repeats }

staff-not-me-who = Новое подключение сделал житель с логином { $login }.
staff-not-me-before = ❗ <b>Подключение этого жителя к этому счёту уже закрывали{ $endedBefore ->
    [1] {""}
    [few] {" "}{ $endedBefore } раза
   *[other] {" "}{ $endedBefore } раз
}</b>: { $endedBefore ->
    [1] {""}
   *[other] последний раз{" "}
}{ TIME($endedAt) }, { staff-ended-why }.

staff-ended-why = { $endedWhy ->
    [by-staff] так решили сотрудники
    [by-other-holder] это сделал житель, который подтвердил счёт паролем из пункта приёма платежей
    [by-giver] так решил тот, кто дал доступ
   *[owner-changed] сменился владелец
}

staff-sms-provider =
    ⚠️ <b>{ $provider ->
        [nobody] SMS не отправляются: провайдер не указан в настройках
       *[other] SMS через { $provider }: { $reason ->
            [no-money] закончились деньги
            [limit] исчерпан лимит
            [auth] провайдер не принимает наш логин или ключ
            [refused] провайдер отказал
           *[down] провайдер не отвечает
        }
    }</b>
    { $provider ->
        [nobody] Коды не приходят, и никто не может зарегистрироваться. Оператору: задать SMS_PROVIDER.
       *[other] Ответ провайдера: { $detail }
    }
    { staff-repeats }

staff-sms-numbers-alike =
    ⚠️ <b>Много кодов на похожие номера: { $numbers }</b>
    За час запрошено кодов: { $sent }. Новые коды на такие номера приостановлены на час.
    { staff-repeats }

staff-sms-overall =
    ⚠️ <b>Достигнут общий предел SMS с кодами</b>
    Отправлено: { $sent } за { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[other] { $hours } часов
    }. Новые коды не отправляются, пока предел не освободится.
    Если это не перебор, а много новых жителей, попросите того, кто ведёт сервер, поднять { $hours ->
        [1] SMS_HOURLY_LIMIT
       *[other] SMS_DAILY_LIMIT
    } в настройках и перезапустить бота.
    { staff-repeats }

staff-payment-not-credited =
    ⚠️ <b>Платёж не зачислен: { MONEY($sum) }</b>
    { $reason ->
        [order-gone] Такого заказа на оплату у бота нет.
        [paid-twice] Тот же заказ уже был оплачен раньше.
        [sum-differs] Сумма или валюта не та, что в заказе.
        [failed] Зачислить его не получилось: в боте ошибка.
       *[account-gone] Лицевого счёта из заказа больше нет.
    } Деньги списаны, плательщику сказано, что вы разберётесь. Решают старшие: зачислить, вернуть у провайдера или отказать.
    Номер операции: <code>{ $operation }</code>{ $known ->
        [yes] {"\u000A"}Лицевой счёт: <code>{ $accounts }</code>
       *[no] {""}
    }
    { staff-repeats }

staff-payment-refunded =
    ⚠️ <b>Платёж возвращён{ $part ->
        [yes] {" "}частично
       *[no] {""}
    }: { MONEY($sum) }</b>
    Номер операции: <code>{ $operation }</code>. { $exported ->
        [0] В выгрузку для биллинга он не попал.
       *[other] Он выгружен в биллинг (выгрузка № { NO($exported) }): снимите его там.
    }
    { staff-repeats }

staff-payment-return =
    ⚠️ <b>Возврат зачисленного платежа: { MONEY($sum) }</b>
    Номер операции: <code>{ $operation }</code>. Отметить, что деньги возвращены у провайдера, может старший: бот спрашивает об этом здесь.
    { staff-repeats }

staff-payment-differs =
    ⚠️ <b>Платёж в реестре не тот, что в боте: лицевой счёт <code>{ $account }</code></b>
    Номер операции: <code>{ $operation }</code>. В боте: { MONEY($sum) }. { $trouble ->
        [other-account] В реестре он стоит на другом лицевом счёте: <code>{ $other }</code>.
        [reversed] В реестре платёж снят.
       *[sum-differs] В реестре: { MONEY($found) }.
    }
    { staff-repeats }

staff-payment-late =
    ⚠️ <b>Платёж из бота не пришёл в реестре: лицевой счёт <code>{ $account }</code></b>
    Сумма: { MONEY($sum) }, прошло { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    }. Номер операции: <code>{ $operation }</code>. Проверьте, загружена ли выгрузка платежей в биллинг.
    { staff-repeats }

staff-payment-found = ✅ Платёж пришёл в реестре. Обращение закрыто, делать ничего не нужно.

staff-payment-failed =
    ⚠️ <b>{ $back ->
        [yes] Возврат денег не записан
       *[no] Деньги списаны, а платёж не записан
    }: { MONEY($sum) }</b>
    В боте ошибка: { $error }. Нажмите «Повторить», когда оператор её исправит: это можно в любой день, дважды ничего не зачислится. Пока платёж не записан, его нет ни в боте, ни в выгрузке.
    Номер операции: <code>{ $operation }</code>
    Оператору: запись <code>{ $reference }</code> в журнале сервера.
    { staff-repeats }

staff-update-failed =
    ⚠️ <b>Житель увидел ошибку</b>
    { $error }. Оператору: запись <code>{ $reference }</code> в журнале сервера.
    { staff-repeats }

staff-update-stuck =
    ⚠️ <b>Сообщение жителя отложено: его обработка не закончилась</b>
    Ждали { $seconds } с. Оператору: запись <code>{ $reference }</code> в журнале сервера.
    { staff-repeats }

staff-repeats = { $repeats ->
    [0] {""}
    [few] 🔁 То же случилось ещё { $repeats } раза, последний раз { TIME($repeatedAt) }.
   *[other] 🔁 То же случилось ещё { $repeats } раз, последний раз { TIME($repeatedAt) }.
}
staff-repeated = 🔁 То же случилось снова: после первого раза — ещё { $repeats ->
    [few] { $repeats } раза
   *[other] { $repeats } раз
}.

staff-reading-refused =
    ⚠️ <b>Показания не приняты: лицевой счёт <code>{ $account }</code></b>
    Биллинг отклонил { $readings ->
        [one] { $readings } показание
        [few] { $readings } показания
       *[many] { $readings } показаний
    }: { $reasons }.
    { staff-repeats }

staff-readings-refused-more =
    ⚠️ <b>Показания не приняты ещё по { $accounts ->
        [one] { $accounts } лицевому счёту
       *[many] { $accounts } лицевым счетам
    }</b>
    Жители, которые их передали, предупреждены.
    { staff-repeats }
