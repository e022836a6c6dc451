# What staff do about an escalation by its card's buttons and by commands, and what the thread says of it. $name: who did it.

button-resolution-reopen-linking = Открыть подключение
button-resolution-end-link = Закрыть новое подключение
button-resolution-keep-link = Оставить
button-resolution-resend-codes = Отправить код другим способом
button-resolution-credit = Зачислить вручную
button-resolution-refunded = Деньги возвращены
button-resolution-refuse = Отказать
button-resolution-settle-payment = Учтён иначе
button-resolution-retry = Повторить
button-resolution-settle = Разобрано

desk-press-not-senior = Деньгами распоряжаются старшие сотрудники.
desk-press-credit-gone = Эта кнопка больше не действует: зачисление уже сделано, отменено или набрано заново.
desk-press-credit-late = Прошло больше получаса. Чтобы зачислить, напишите команду ещё раз.
desk-press-money-gone = Эта кнопка больше не действует: на вопрос уже ответили, бот спросил заново, или сделанное отменено.
desk-press-money-late = Прошло больше получаса. Напишите команду ещё раз.
desk-press-credit-refused = Не получилось. Почему, бот сейчас напишет.
desk-press-explained = Бот сейчас напишет, какой командой это сделать.
desk-press-nothing-to-reopen-linking = Такого лицевого счёта нет: открывать нечего.
desk-press-nothing-to-resend-codes = За последние 10 минут таких кодов не было, или их уже ввели: отправлять нечего.
desk-press-nothing-to-retry = Повторять нечего: сообщения обработаны, прошло больше суток, или в них мог быть пароль и они не сохранены.

desk-resolution-reopened = ✅ { $name }: подключение по сумме для лицевого счёта <code>{ $account }</code> снова открыто.
desk-resolution-link-ended = ✅ { $name }: новое подключение лицевого счёта <code>{ $account }</code> закрыто. Жителям бот об этом скажет.
desk-resolution-link-kept = ✅ { $name }: новое подключение лицевого счёта <code>{ $account }</code> остаётся. Жителю, который его не узнал, бот об этом скажет.
desk-resolution-link-gone = ✅ { $name }: этого подключения уже нет.
desk-resolution-settled = ✅ { $name }: разобрано.
desk-resolution-settled-open = ✅ { $name }: разобрано. Платёж остаётся неучтённым, и жителю он так и показан. Если биллинг учёл его иначе, старший может написать здесь <code>/settle</code> и причину.
desk-resolution-settled-aside = ✅ { $name }: разобрано. Сам платёж так и не записан: если его не учли иначе, нажмите на карточке «Повторить», это можно в любой день.
desk-resolution-resending = { $name }: отправляем коды другим способом: { $count }.
desk-codes-resent = Коды: отправлено — { $sent }, не отправлено — { $refused }.{ $refused ->
        [0] {""}
       *[other] {" "}Новый код можно отправить через минуту после прежнего, и не больше 3 в час на телефон. Попробуйте ещё раз чуть позже.
    }
desk-resolution-retrying = { $name }: { $count ->
        [one] { $count } сообщение обрабатывается
        [few] { $count } сообщения обрабатываются
       *[other] { $count } сообщений обрабатываются
    } ещё раз.
desk-retried = ✅ Отложенное сообщение обработано: житель получил ответ.
desk-retried-too-late = Сообщение не повторено: житель с тех пор уже написал снова, и оно ответило бы не на тот вопрос.

# Money that was taken and is nobody's.

desk-resolution-credit-how =
    { $name }, напишите в этой теме, а если тем нет, ответом на карточку, лицевой счёт, сумму и причину:

    <code>/credit { $account } { $amount } оплачен повторно, зачесть в счёт долга</code>

    Бот покажет адрес и спросит, зачислить ли. Платёж на { MONEY($sum) } можно разделить: по команде на каждый лицевой счёт. Плательщику бот скажет, на какой счёт и сколько зачислено.
desk-resolution-all-credited = { $name }, зачислять больше нечего: { desk-money-all-credited }
desk-resolution-settle-payment-how =
    { $name }, если этот платёж, { MONEY($sum) }, учтён в биллинге иначе, напишите в этой теме, а если тем нет, ответом на карточку, как:

    <code>/settle учтён вместе с платежом за октябрь</code>

    Бот покажет, что с платежом сейчас, и спросит. Платёж перестанет быть «в пути» и не будет выгружаться. Эти слова прочитает плательщик.

    Если деньги возвращены у провайдера, напишите вместо этого <code>/refunded</code> и причину.
desk-resolution-refunded-how =
    { $name }, когда { MONEY($sum) } возвращены у провайдера, напишите в этой теме, а если тем нет, ответом на карточку, почему и чем:

    <code>/refunded оплачен дважды, возврат 15</code>

    Бот покажет, что с платежом сейчас, и спросит. Плательщику он скажет, что деньги возвращены. Причину тот не увидит.
desk-resolution-refuse-how =
    { $name }, напишите в этой теме, а если тем нет, ответом на карточку, почему { MONEY($sum) } не зачисляются:

    <code>/refuse лицевой счёт закрыт, подойдите за возвратом в пункт приёма платежей</code>

    Причину прочитает плательщик.
desk-money-credit-sure =
    { $name }, зачислить <b>{ MONEY($sum) }</b> на лицевой счёт <code>{ $account }</code>{ $closed ->
        [yes] {" "}(закрыт)
       *[no] {""}
    }?
    { $address }
    Владелец: { $owner }
    Причина: { $reason }

    Если адрес тот, нажмите «Зачислить» в течение { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    }.
desk-money-credit-dropped = { $name }: не зачисляем.
desk-money-credited = ✅ { $name }: { MONEY($sum) } зачислено на лицевой счёт <code>{ $account }</code>, номер операции <code>{ $operation }</code>. Причина: { $reason }. Отменить можно, пока платёж не выгружен в биллинг.
desk-money-credited-part = ✅ { $name }: { MONEY($sum) } зачислено на лицевой счёт <code>{ $account }</code>, номер операции <code>{ $operation }</code>. Причина: { $reason }. Осталось зачислить { MONEY($left) }. Отменить можно, пока платёж не выгружен в биллинг.
desk-money-taken-back = ↩️ { $name }: зачисление отменено, { MONEY($sum) } больше не на лицевом счёте <code>{ $account }</code>. Решите, пожалуйста, что делать с деньгами.
desk-money-exported = Отменить нельзя: это зачисление уже выгружено в биллинг (выгрузка № { NO($export) }). Снимите его там.
desk-money-in-billing = Отменить нельзя: это зачисление уже есть в реестре платежей. Снимите его в биллинге.
# A question before `/refunded`. $credited: 'none', 'part', 'all' of it is on accounts; $billing: 'none', 'exported', 'posted'.
desk-money-refund-sure =
    { $name }, отметить, что платёж на <b>{ MONEY($sum) }</b> от { DATE($at) } возвращён у провайдера?
    Номер операции: <code>{ $operation }</code>
    Причина: { $reason }

    <b>Сейчас:</b> { $credited ->
        [none] не зачислен{ $listed ->
            [0] .
           *[other] , оплачивали:
        }
        [part] зачислена часть:
       *[all] зачислен:
    }{ $listed ->
        [0] {""}
       *[other] {"\u000A"}{ $lines }{ $more ->
            [0] {""}
           *[other] {"\u000A"}и ещё счетов: { $more }
        }
    }
    <b>Станет:</b> возвращён весь{ $credited ->
        [none] , зачислить его будет нельзя.
       *[other] , на лицевых счетах его в боте не будет{ $billing ->
            [none] , в биллинг он не уйдёт.
            [exported] . В биллинг он уже выгружен (выгрузка № { NO($export) }), бот его оттуда не заберёт: снимите его там сами.
           *[posted] . В реестре платежей он уже есть, бот его оттуда не заберёт: снимите его в биллинге сами.
        }
    } Плательщик прочитает, что деньги возвращены.{ $credited ->
        [part] {"\u000A\u000A"}Если вернули только остаток, { MONEY($left) }, нажмите «Отмена» и напишите <code>/refuse</code> с причиной.
       *[other] {""}
    }

    Если всё верно, нажмите «Отметить возврат» в течение { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    }.
desk-money-line = • <code>{ $account }</code>: { MONEY($sum) }{ $address ->
        [none] {""}
       *[other] , { $address }
    }{ $export ->
        [0] {""}
       *[other] {" "}(выгрузка № { NO($export) })
    }
desk-money-settle-sure =
    { $name }, отметить, что платёж на <b>{ MONEY($sum) }</b> от { DATE($at) } учтён в биллинге иначе?
    Лицевой счёт: <code>{ $account }</code>{ $address ->
        [none] {""}
       *[other] , { $address }
    }
    Номер операции: <code>{ $operation }</code>

    <b>Сейчас:</b> { $stands ->
        [other-account] в реестре он на другом лицевом счёте: <code>{ $other }</code>.
        [reversed] в реестре он снят.
        [sum-differs] в реестре он на другую сумму.
       *[late] в реестре его нет, жителю он показан неучтённым.
    } { $export ->
        [0] В биллинг не выгружен.
       *[other] Выгружен в биллинг (выгрузка № { NO($export) }).
    }
    <b>Станет:</b> учтён иначе: не «в пути», из долга не вычитается, не выгружается. Плательщик прочитает: { $reason }.

    Если всё верно, нажмите «Отметить: учтён иначе» в течение { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    }.
desk-money-end-dropped = { $name }: отменено, с платежом всё по-прежнему.
desk-money-changed = Ничего не сделано: с тех пор, как бот спросил, платёж изменился. Напишите команду ещё раз, и бот покажет, какой он сейчас.
desk-money-asked-at = Бот спросит об этом в обращении № { NO($number) }.
desk-money-unnamed = Напишите после команды номер операции и причину: <code>/refunded 2d1f6c00-0001 возврат 15</code>. Номер операции плательщик видит в сообщении об оплате и в чеке. Если номер написан, такого платежа в боте нет.
desk-money-settled-otherwise = ✅ { $name }: платёж на { MONEY($sum) }, лицевой счёт <code>{ $account }</code>, номер операции <code>{ $operation }</code>, учтён иначе. Плательщик прочитает: { $reason }. Отменить можно, пока платёж не пришёл в реестре.
desk-money-settle-undone = ↩️ { $name }: решение отменено. Платёж на { MONEY($sum) }, лицевой счёт <code>{ $account }</code>, номер операции <code>{ $operation }</code>, снова не учтён. Решите, пожалуйста, что с ним делать.
desk-money-posted-since = Отменить нельзя: с тех пор платёж пришёл в реестре.
desk-money-settled = По этому платежу уже решено: учтён иначе.
desk-money-posted = Этот платёж уже учтён в реестре, решать нечего. Нажмите «Разобрано».
desk-money-refunded = ✅ { $name }: { MONEY($sum) } возвращены плательщику. Причина: { $reason }.
desk-money-refunded-credited = ✅ { $name }: { MONEY($sum) } возвращены плательщику, номер операции <code>{ $operation }</code>. На лицевых счетах этого платежа больше нет, в биллинг он не уйдёт. Причина: { $reason }.
desk-money-refunded-exported = ✅ { $name }: { MONEY($sum) } возвращены плательщику, номер операции <code>{ $operation }</code>. ⚠️ Платёж уже выгружен в биллинг (выгрузка № { NO($export) }): снимите его там. Причина: { $reason }.
desk-money-refunded-posted = ✅ { $name }: { MONEY($sum) } возвращены плательщику, номер операции <code>{ $operation }</code>. ⚠️ Платёж уже есть в реестре платежей: снимите его в биллинге. Причина: { $reason }.
desk-money-refund-undone = ↩️ { $name }: отметка о возврате отменена: { MONEY($sum) }, номер операции <code>{ $operation }</code>. { $credited ->
        [all] Платёж снова зачислен, как и раньше, и уйдёт в биллинг, если ещё не выгружен.
       *[other] Решите, пожалуйста, что делать с деньгами.
    }{ $billing ->
        [none] {""}
       *[other] {" "}Если его уже сняли в биллинге, верните его там.
    }
desk-money-refused = ✅ { $name }: { MONEY($sum) } не зачисляются. Плательщик прочитает причину: { $reason }.
desk-money-not-senior = Деньгами распоряжаются старшие сотрудники. Позовите, пожалуйста, кого-нибудь из них.
desk-money-elsewhere = Здесь эта команда не действует: <code>/credit</code> и <code>/refuse</code> — для темы о незачисленном платеже, <code>/settle</code> — для темы о платеже, который расходится с реестром или не пришёл в нём, <code>/refunded</code> — для любой из них, а с номером операции — где угодно.
desk-money-closed = По этому платежу всё решено. Если нужно иначе, верните обращение в работу.
desk-money-credit-nothing = Напишите после команды лицевой счёт, сумму и причину, например: { desk-money-credit-example }
desk-money-credit-account = Номер лицевого счёта — от 5 до 20 цифр, а написано «{ $typed }». Напишите счёт, сумму и причину, например: { desk-money-credit-example }
desk-money-credit-sum = { $there ->
    [no] Не хватает суммы и причины.
   *[yes] Не разобрать сумму: «{ $typed }».
} Напишите счёт, сумму и причину, например: { desk-money-credit-example }
desk-money-credit-zero = Ноль зачислить нельзя. Напишите сумму больше нуля, например: { desk-money-credit-example }
desk-money-credit-negative = Отрицательную сумму зачислить нельзя. Чтобы отменить зачисление, нажмите «Отменить зачисление» под сообщением о нём.
desk-money-credit-reason = Не хватает причины, от 3 до 300 знаков, например: { desk-money-credit-example }
desk-money-credit-example = <code>/credit 0012345 1234,56 оплачен повторно</code>
desk-money-reason-missing = Напишите после команды причину, от 3 до 300 знаков, например: <code>/refuse лицевой счёт закрыт</code>
desk-money-no-account = Лицевого счёта <code>{ $account }</code> нет. Проверьте номер.
desk-money-too-much = Столько не зачислить: от этого платежа осталось { MONEY($left) }.
desk-money-returned = Этот платёж уже возвращён плательщику.
desk-money-foreign-currency = Платёж не в рублях: зачислить его нельзя, верните его у провайдера.
desk-money-all-credited = Этот платёж уже зачислен весь. Если по ошибке, нажмите «Отменить зачисление» под сообщением о нём: это можно, пока он не выгружен в биллинг. Если деньги возвращены у провайдера, напишите <code>/refunded</code> и причину.

notice-payment-signed-out = 🔔 Сотрудники приняли решение по вашему платежу. Войдите в кабинет: платежи видны в разделе «История начислений и платежей», а спросить о них можно в разделе «Обратная связь».
notice-payment-credited = 🔔 Сотрудники зачислили ваш платёж: { MONEY($sum) } на лицевой счёт <code>{ $account }</code>.
notice-payment-credit-undone =
    🔔 Сотрудники отменили зачисление: { MONEY($sum) } на лицевой счёт <code>{ $account }</code>. Деньги не потеряны: о новом решении напишем.
notice-payment-settled =
    🔔 Ваш платёж от { DATE($at) } на { MONEY($sum) } по лицевому счёту <code>{ $account }</code> больше не «в пути». Сотрудники пишут: { $reason }.

    Если вы не согласны, напишите нам.
notice-payment-returned = 🔔 Ваш платёж на { MONEY($sum) } не был зачислен, деньги возвращены. Когда они придут на карту, зависит от банка.
notice-payment-given-back = 🔔 Ваш платёж на { MONEY($sum) } возвращён и на лицевом счёте больше не учитывается. Когда деньги придут на карту, зависит от банка.
notice-payment-return-undone = 🔔 Сотрудники отменили отметку о возврате: ваш платёж на { MONEY($sum) } не возвращён. { $credited ->
        [all] Он зачислен, как и раньше.
       *[other] Деньги не потеряны: о новом решении напишем.
    }
notice-payment-settle-undone =
    🔔 Сотрудники отменили своё решение о вашем платеже от { DATE($at) } на { MONEY($sum) } по лицевому счёту <code>{ $account }</code>. Деньги не потеряны: о новом решении напишем.
notice-payment-refused =
    🔔 { $part ->
        [yes] Остаток платежа, { MONEY($sum) }, не зачислен.
       *[no] Платёж на { MONEY($sum) } не зачислен.
    } Сотрудники объяснили почему: { $reason }.

    Если вы не согласны, напишите нам.
notice-code-resent = Мы отправили новый код другим способом. Введите, пожалуйста, его: прежний уже не действует.
notice-code-resent-in-chat = Мы отправили новый код другим способом: он придёт по SMS или в Telegram на этом номере, в чат «Verification Codes». Введите, пожалуйста, его: прежний уже не действует.
