# «Произвести оплату онлайн».

pay-which =
    Что оплатить?

    { $accounts }{ $owed ->
        [0] {"\u000A\u000A"}Платить сейчас не нужно. Можно внести любую сумму заранее.
       *[other] {"\u000A\u000A"}Всего к оплате: <b>{ MONEY($owed) }</b>
    }{ pay-under-way }{ $all ->
        [too-many] {"\u000A\u000A"}Долг есть по { $owing ->
            [one] { $owing } счёту
           *[many] { $owing } счетам
        }, а в одном платеже может быть не больше { $most }. Выберите, пожалуйста, счёт и оплатите по одному.
       *[other] {""}
    }
pay-which-one =
    За какой лицевой счёт?

    { $accounts }
pay-under-way = { $underWay ->
        [0] {""}
       *[other] {"\u000A"}В пути: { MONEY($underWay) } — уже оплачено в боте, к оплате не предлагаем.
    }
pay-sum =
    { account-title }

    { $owed ->
        [0] { pay-nothing-owed }
       *[other] К оплате: <b>{ MONEY($owed) }</b>
    }{ pay-under-way }{ debt-strayed }
    { debt-data-day }
pay-sum-all =
    { $lines }

    { $owed ->
        [0] { pay-nothing-owed }
       *[other] Всего к оплате: <b>{ MONEY($owed) }</b>
    }{ pay-under-way }{ debt-strayed }
    { debt-data-day }
pay-account-closed =
    { account-title }

    Этот счёт закрыт, и долга по нему нет: платить не нужно. Если это ошибка, напишите нам.
# Before a question that is put anew.
pay-debt-changed = Пока вы выбирали, сумма к оплате изменилась: была { MONEY($was) }, { $paid ->
        [0] стала { MONEY($now) }.
       *[other] оплатили в боте { MONEY($paid) }, осталось { MONEY($now) }.
    }
pay-nothing-owed = <b>Платить сейчас не нужно.</b> Можно внести любую сумму заранее: напишите её или нажмите «Другая сумма».
pay-sum-guest =
    Лицевой счёт <code>{ $account }</code>

    { $closed ->
        [yes] Этот счёт закрыт, новых начислений по нему нет. Если платите долг по нему, напишите сумму в рублях, например: <code>1234,56</code>. Она указана в последней квитанции.
       *[no] Напишите сумму в рублях, которую хотите оплатить, например: <code>1234,56</code>. Она указана в квитанции.
    }
pay-other-sum =
    { account-title }{ $owed ->
        [0] {""}
       *[other] {"\u000A"}К оплате: { MONEY($owed) }
    }

    Напишите сумму в рублях, например: <code>1234,56</code> или <code>500</code>.
pay-line = Лицевой счёт <code>{ $account }</code>: { MONEY($sum) }
pay-nothing = Ни по одному счёту сумма не названа. Чтобы начать сначала, нажмите кнопку.

pay-way =
    { $lines }

    { $count ->
        [1] {""}
       *[other] Всего: <b>{ MONEY($total) }</b>.{" "}
    }Как удобнее оплатить?
# A QR code; the text under a picture has 1024 characters at most.
pay-qr =
    { account-title }
    <b>Сумма: { MONEY($sum) }</b>{ pay-qr-why }

    { pay-qr-how }
pay-qr-how =
    Если платите с этого же телефона: откройте картинку и сохраните её (⋮ → «Сохранить в галерею», на iPhone — «Поделиться» → «Сохранить изображение»), затем в приложении банка «Оплата по QR» → «Загрузить из галереи».
    Если с другого: в приложении банка выберите «Оплата по QR» и наведите камеру на этот экран.
pay-qr-why = { $why ->
        [small] {"\u000A\u000A"}Картой в боте можно оплатить от { MONEY($limit) }, поэтому эту сумму оплатите по QR-коду.
        [chosen] {""}
        [none] {""}
       *[large] {"\u000A\u000A"}Картой в боте можно оплатить до { MONEY($limit) } за раз, поэтому эту сумму оплатите по QR-коду.
    }
pay-qr-which = QR-код у каждого лицевого счёта свой. Какой показать?{ pay-qr-why }
pay-no-payee =
    Лицевой счёт <code>{ $account }</code>: { MONEY($sum) }{ pay-qr-why }

    QR-кода у нас сейчас нет: реквизиты для оплаты уточняются. Оплатите, пожалуйста, по QR-коду с бумажной квитанции в приложении банка или в пункте приёма платежей.
pay-not-now =
    { account-title }

    { account-pay }
pay-not-now-all = <b>Платить сейчас не нужно</b>: ни по одному лицевому счёту долга нет.
pay-too-many = Долг есть по { $owing ->
        [one] { $owing } счёту
       *[many] { $owing } счетам
    }, а в одном платеже может быть не больше { $most }. Оплатите, пожалуйста, по одному.
copied-words = { $words }
copied-requisites =
    { $name }
    ИНН { $inn }
    р/с { $payeeAccount }
    { $bank }
    БИК { $bic }
    к/с { $corrAccount }
    ЖКУ, ЛС { $number }
pay-account-gone = Этот лицевой счёт у вас уже не подключён. Ваши счета — в разделе «Мои лицевые счета».
pay-invoice-failed = Простите, не получилось выставить счёт на оплату картой. Попробуйте позже или оплатите по QR-коду: его читают приложения банков.
# What there is instead comes below.
pay-invoice-failed-guest = Простите, не получилось выставить счёт на оплату картой. Попробуйте позже или оплатите сейчас, как написано ниже.

# The invoice: a title of up to 32 characters, a description of up to 255.
pay-invoice-title = Оплата ЖКУ
pay-invoice-about = { $count ->
        [1] Лицевой счёт { $account }, { MONEY($total) }.
        [one] { $count } лицевой счёт, { MONEY($total) }.
        [few] { $count } лицевых счёта, { MONEY($total) }.
       *[other] { $count } лицевых счетов, { MONEY($total) }.
    } Оплатить можно в течение 24 часов.{ $receiptTo ->
        [phone] {" "}Чек придёт на телефон, который вы укажете.
        [email] {" "}Чек придёт на почту, которую вы укажете.
       *[nobody] {""}
    }
pay-invoice-line = ЖКУ, лицевой счёт { $account }

# After the money was taken.
payment-credited =
    ✅ Оплачено: <b>{ MONEY($total) }</b>
    { $lines }

    Номер операции: <code>{ $operation }</code>
    Платёж «в пути»: в расчётах он появится через несколько дней.
payment-kept =
    Мы получили ваш платёж, { MONEY($total) }, но не смогли сами зачислить его на лицевой счёт.

    Деньги не потеряны: сотрудники уже знают о платеже и зачислят его или вернут. Номер операции: <code>{ $operation }</code>, сохраните его до ответа.
payment-refunded = Платёж возвращён: { MONEY($total) }. Номер операции: <code>{ $operation }</code>.

notice-payment-posted =
    🔔 Ваш платёж { MONEY($sum) } по лицевому счёту <code>{ $account }</code> учтён в расчётах.
notice-payment-posted-many =
    🔔 Ваши платежи учтены в расчётах: { $count }

    { $lines }
    { $more ->
        [0] {""}
        [one] и ещё { $more } платёж
        [few] и ещё { $more } платежа
       *[many] и ещё { $more } платежей
    }
notice-payment-posted-line = • <code>{ $account }</code>: { MONEY($sum) }

# Said on the invoice itself, before any money is taken: plain words, up to about 200 characters.
checkout-unknown = Этот счёт на оплату больше не действует, деньги не списаны. Начните заново: отправьте боту /pay.
checkout-too-old = Этому счёту больше суток, деньги не списаны. Задолженность могла измениться. Начните заново: отправьте боту /pay.
checkout-receipt = Этот счёт выставлен по прежним правилам для чека, деньги не списаны. Начните заново: отправьте боту /pay.
checkout-sum = Сумма не та, что в счёте, деньги не списаны. Начните заново: отправьте боту /pay.
checkout-paid = Этот счёт уже оплачен, второй раз деньги не списаны. Чтобы оплатить ещё, отправьте боту /pay.
checkout-paid-meanwhile = Пока этот счёт ждал, ту же сумму уже оплатили по другому, деньги не списаны. Чтобы всё же оплатить ещё раз, отправьте боту /pay.
checkout-under-way = Банк ещё проверяет прошлую попытку. Подождите 2 минуты и нажмите «Оплатить» снова: дважды деньги не спишутся.
checkout-under-way-otherwise = Эту же сумму уже оплачивают по другому счёту на оплату, банк ещё проверяет платёж. Деньги не списаны. Подождите 2 минуты и посмотрите, осталось ли что платить: /pay.
checkout-not-yours = Этот счёт на оплату выставлен другому человеку, деньги не списаны. Чтобы оплатить, отправьте боту /pay.
checkout-signed-out = Вы вышли из кабинета, деньги не списаны. Войдите и начните оплату заново: /pay.
checkout-unlinked = Лицевой счёт уже не подключён к вашему кабинету, деньги не списаны. Оплатить его можно без регистрации: /pay.
checkout-account = Такого лицевого счёта в расчётах больше нет, деньги не списаны. Позвоните нам, пожалуйста: телефоны — /contacts.
checkout-outage = Сейчас мы не можем принять оплату, деньги не списаны. Повторите, пожалуйста, через несколько минут.
