# «История начислений и платежей».

history-account =
    По какому лицевому счёту показать историю?

    { $accounts }
history-empty =
    { account-title }

    Начислений и платежей по этому счёту пока нет. Они появятся здесь, как только их передаст расчётный центр.
history-month =
    { account-title }
    <b>{ PERIOD($period) }</b>

    { $opening }
    { $charges }

    { $payments }

    { $closing }

    { history-data-day }
history-opening = { $balance ->
    [debt] Долг на начало месяца: { MONEY($sum) }
    [overpaid] Переплата на начало месяца: { MONEY($sum) }
   *[even] Долга на начало месяца не было.
}
history-charged = <b>Начислено: { MONEY($sum) }</b>
history-service = • { $service }: { MONEY($sum) }
history-recalculated = Перерасчёт: { MONEY($sum) }
history-benefit = Льготы: { MONEY($sum) }
history-penalty = Пени: { MONEY($sum) }
history-not-charged = Начислений за этот месяц нет.
history-not-charged-yet = Начислений за этот месяц пока нет.
history-paid = <b>Оплачено: { MONEY($sum) }</b>
history-not-paid = Оплат в этом месяце нет.
history-payment = • { DATE($day) }: { MONEY($sum) }{ $sourced ->
    [yes] {" "}({ $source })
   *[no] {""}
}
history-reversal = • { DATE($day) }: отмена платежа { MONEY($sum) }{ $sourced ->
    [yes] {" "}({ $source })
   *[no] {""}
}
history-under-way = • { DATE($day) }: { MONEY($sum) }, в пути — оплачено в боте, но ещё не учтено в расчётах
history-counted = В расчёте за этот месяц учтено оплат: { MONEY($sum) }
history-closing = { $balance ->
    [debt] <b>К оплате по квитанции: { MONEY($sum) }</b>
    [overpaid] <b>Переплата по квитанции: { MONEY($sum) }</b>
   *[even] <b>К оплате по квитанции ничего нет</b>
}
history-data-day = { $dated ->
    [yes] Платежи учтены на { DATE($day) }.
   *[no] Данных о платежах пока нет.
}

history-chart =
    { account-title }
    { details-span }

    Начислено: { MONEY($charged) }
    Оплачено: { MONEY($paid) }

    Начисления — вместе с перерасчётами, льготами и пени.
