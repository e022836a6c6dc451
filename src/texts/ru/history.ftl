# «История начислений и платежей».

history-account =
    По какому лицевому счёту показать историю?

    { $accounts }
history-empty =
    { account-title }

    Начислений и платежей по этому счёту пока нет. Они появятся здесь, как только мы их учтём.
# The month that was asked for by words has nothing; also of «Почему столько?» and «Мои показания».
month-of-nothing = { $said ->
    [none] {""}
   *[other] {"\u000A"}<i>За { PERIOD($said) } у нас ничего нет, поэтому показываем { PERIOD($period) }.</i>
}
history-month =
    { account-title }{ month-of-nothing }
    <b>{ MONTH($period) }</b>

    { $opening }
    { $charges }

    { $payments }

    { $closing }

    { history-data-day }
history-opening = { $balance ->
    [debt] На начало месяца было к оплате: { MONEY($sum) }
    [overpaid] Переплата на начало месяца: { MONEY($sum) }
   *[even] На начало месяца к оплате ничего не было.
}
history-charged = <b>Начислено: { MONEY($sum) }</b>
history-service = • { SERVICE($service) }: { MONEY($sum) }
history-recalculated = Перерасчёт: { MONEY($sum) }
history-benefit = Льготы: { MONEY($sum) }
history-penalty = Пени: { MONEY($sum) }
history-not-charged = Начислений за этот месяц нет.
history-not-charged-yet = Начислений за этот месяц пока нет.
history-paid = { $way ->
    [paid] <b>Оплачено: { MONEY($sum) }</b>
    [returned] <b>Возвращено: { MONEY($sum) }</b>
   *[nothing] <b>Всё оплаченное возвращено</b>
}
history-paid-under-way = <b>Оплачено: { MONEY($sum) }</b> (в пути)
history-not-paid = Оплат в этом месяце нет.
history-payment = • { DATE($day) }: { MONEY($sum) }{ $sourced ->
    [yes] {" "}({ $source })
   *[no] {""}
}
history-reversal = • { DATE($day) }: отмена платежа { MONEY($sum) }{ $sourced ->
    [yes] {" "}({ $source })
   *[no] {""}
}
history-under-way = • { DATE($day) }: { MONEY($sum) }, { $state ->
    [fresh] в пути — оплачено в боте, но ещё не учтено в расчётах
    [late] оплачено в боте, ещё не учтено в расчётах, разбираемся
    [held] оплачено в боте, ещё не зачислено, разбираемся
    [overdue] оплачено в боте, до сих пор не учтено в расчётах, разбираемся
   *[elsewhere] оплачено в боте, учтено на другом лицевом счёте, разбираемся
}
history-counted = { $way ->
    [paid] В расчёте за этот месяц учтено оплат: { MONEY($sum) }
    [returned] В расчёте за этот месяц учтён возврат: { MONEY($sum) }
   *[nothing] В расчёте за этот месяц оплаты не учтены.
}
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
    { $paidWay ->
        [returned] Возвращено: { MONEY($paid) }
       *[paid] Оплачено: { MONEY($paid) }
    }

    Начисления — вместе с перерасчётами, льготами и пенями.
