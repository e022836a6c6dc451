# «Квитанция». The texts under a paper are captions: 1024 characters at most.

bill-account =
    По какому счёту нужна квитанция?

    { $accounts }
bill-document =
    { account-title }
    Квитанция за { PERIOD($period) }

    { $balance ->
        [debt] { $older ->
            [yes] В квитанции было к оплате: <b>{ MONEY($due) }</b>{ $term ->
                [unknown] .
               *[other] , срок — { DATE($payBy) }.
            }
           *[no] <b>К оплате: { MONEY($due) }</b>{ $term ->
                [to-come] , срок — { DATE($payBy) }.
                [over] , срок прошёл { DATE($payBy) }.
                [paid] .
               *[unknown] . Срок оплаты пока не известен.
            }
        }
        [overpaid] <b>Переплата: { MONEY($due) }</b>{ $rest ->
            [0] , платить не нужно.
           *[other] .
        }
       *[even] <b>К оплате { $rest ->
            [0] ничего нет.
           *[other] по этой квитанции ничего нет.
        }</b>
    }{ bill-paid-since }{ bill-taken-back }{ $older ->
        [yes] {"\u000A\u000A"}Есть и более новые начисления, за { PERIOD($latest) }: сколько нужно заплатить сейчас, видно в разделе «Задолженность». В QR-коде этой квитанции суммы нет.
       *[no] {""}
    }{ $payee ->
        [yes] {""}
       *[no] {"\u000A\u000A"}{ bill-no-payee }
    }{ bill-next }
bill-paid-since = { $paidSince ->
    [0] {""}
   *[other] {"\u000A"}После этих начислений уже оплачено { MONEY($paidSince) }, { $rest ->
        [0] больше платить не нужно.
       *[other] осталось { MONEY($rest) }.
    }
}
# Payments were reversed after these charges: more is owed than the document asks for.
bill-taken-back = { $takenBack ->
    [0] {""}
   *[other] {"\u000A"}После этих начислений возвращено { MONEY($takenBack) }, { $rest ->
        [0] платить всё равно не нужно.
       *[other] сейчас к оплате { MONEY($rest) }.
    }
}
bill-next = { $coming ->
    [unknown] {""}
    [undated] {"\u000A\u000A"}Когда будет следующая квитанция, за { PERIOD($nextPeriod) }, пока не известно: она появится здесь, как только поступят начисления.
    [by] {"\u000A\u000A"}Следующая квитанция, за { PERIOD($nextPeriod) }, будет до { DATE($by) }.
   *[late] {"\u000A\u000A"}Квитанции за { PERIOD($nextPeriod) } пока нет: начисления задерживаются. Как только они поступят, она появится здесь.
}
bill-no-payee = QR-кода сейчас нет: реквизиты для оплаты уточняются. Оплатить можно в пунктах приёма платежей, их адреса — в разделе «Контакты».
bill-not-there =
    { account-title }

    { $coming ->
        [undated] Квитанции за { PERIOD($period) } ещё нет. Когда она будет, пока не известно: как только поступят начисления, она появится здесь.
        [by] Квитанции за { PERIOD($period) } ещё нет. Она будет до { DATE($by) }.
        [late] Квитанции за { PERIOD($period) } пока нет: начисления задерживаются. Как только они поступят, она появится здесь.
       *[unknown] Квитанции за { PERIOD($period) } у нас нет: за этот месяц начислений по счёту не было.
    }
bill-closed =
    { account-title }

    Квитанций по этому счёту нет: начислений по нему не было, и он закрыт.
bill-which-period =
    { account-title }

    За какой месяц нужна квитанция?
bill-qr-picture =
    { account-title }
    QR-код для оплаты за { PERIOD($period) }

    { $balance ->
        [debt] <b>Сумма: { MONEY($due) }</b>{ bill-paid-since-qr }
       *[none] { $older ->
            [yes] Суммы в коде нет: после этого месяца были новые начисления. Сколько нужно заплатить сейчас, видно в разделе «Задолженность».
           *[no] { $rest ->
                [0] Платить сейчас ничего не нужно, поэтому суммы в коде нет. Если хотите заплатить вперёд, впишите её сами.
               *[other] По самой квитанции платить нечего, поэтому суммы в коде нет. Но после неё платежи были возвращены, и сейчас к оплате { MONEY($rest) }: впишите эту сумму в банке сами.
            }
        }
    }

    { pay-qr-how }
bill-paid-since-qr = { $paidSince ->
    [0] {""}
   *[other] {"\u000A"}После этих начислений уже оплачено { MONEY($paidSince) }. { $rest ->
        [0] Больше платить не нужно.
       *[other] Чтобы не заплатить дважды, исправьте в банке сумму на { MONEY($rest) }.
    }
}{ $takenBack ->
    [0] {""}
   *[other] {"\u000A"}После этих начислений возвращено { MONEY($takenBack) }. Чтобы заплатить всё, исправьте в банке сумму на { MONEY($rest) }.
}
