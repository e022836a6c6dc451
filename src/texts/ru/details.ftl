# «Детализация за период».

details-account =
    По какому лицевому счёту показать детализацию?

    { $accounts }
details-from =
    { account-title }

    За какой период показать начисления и платежи? Нажмите готовый период или первый месяц. Месяц или период можно и написать, например: <code>10.2026</code> или <code>08.2026 — 10.2026</code>.
details-to = С { MONTH_OF($from) } года. По какой месяц? Нажмите кнопку или напишите месяц, например: <code>10.2026</code>.
details-out-of-range = За { PERIOD($period) } года данных нет. Есть с { MONTH_OF($oldest) } по { PERIOD($newest) } года.
details-swapped = Первый месяц оказался позже второго, поэтому показываем наоборот: { PERIOD($from) } — { PERIOD($to) }.
details-too-long =
    За один раз можно посмотреть не больше { $most ->
        [one] { $most } месяца
       *[many] { $most } месяцев
    }. Выберите, пожалуйста, последний месяц не позже, чем { PERIOD($to) }.
details-none =
    { account-title }

    За { details-span } начислений и платежей нет. Выберите, пожалуйста, другой период.
details-none-any-more = За этот период данных больше нет: их заменили новыми. Выберите, пожалуйста, другой период.
details-span = { $span ->
    [month] { PERIOD($from) }
   *[months] { PERIOD($from) } — { PERIOD($to) }
}
details-totals =
    { account-title }
    Детализация: <b>{ details-span }</b>

    { $charged ->
        [yes] { details-charged }
       *[no] Начислений за этот период нет.
    }
    { $differs ->
        [yes] { $receivedWay ->
            [returned] Возвращено платежей: { MONEY($received) }
           *[paid] Поступило платежей: { MONEY($received) }
        }
       *[no] {""}
    }

    { history-data-day }
details-charged =
    { $services }{ $monthCount ->
        [1] {""}
       *[other] {"\u000A\u000A"}<b>По месяцам</b>{"\u000A"}{ $months }
    }

    <b>Всего</b>
    { $opening }
    Начислено: { MONEY($total) }{ $recalculated ->
        [0] {""}
       *[other] {"\u000A"}Перерасчёт: { MONEY($recalculated) }
    }{ $benefit ->
        [0] {""}
       *[other] {"\u000A"}Льготы: { MONEY($benefit) }
    }{ $penalty ->
        [0] {""}
       *[other] {"\u000A"}Пени: { MONEY($penalty) }
    }
    { $paidWay ->
        [returned] Учтён возврат: { MONEY($paid) }
       *[paid] Учтено оплат: { MONEY($paid) }
    }
    { $due }
details-opening = { $balance ->
    [debt] В начале было к оплате: { MONEY($sum) }
    [overpaid] Переплата в начале: { MONEY($sum) }
   *[even] В начале к оплате ничего не было.
}
details-due = { $balance ->
    [debt] <b>К оплате в конце: { MONEY($sum) }</b>
    [overpaid] <b>Переплата в конце: { MONEY($sum) }</b>
   *[even] <b>К оплате в конце ничего нет.</b>
}
details-service =
    <b>{ SERVICE($service) }</b>
    Начислено { MONEY($charged) }{ $recalculated ->
        [0] {""}
       *[other] , перерасчёт { MONEY($recalculated) }
    }{ $benefit ->
        [0] {""}
       *[other] , льгота { MONEY($benefit) }
    }{ $penalty ->
        [0] {""}
       *[other] , пени { MONEY($penalty) }
    }, { $paidWay ->
        [returned] возвращено
       *[paid] оплачено
    } { MONEY($paid) }{ $measured ->
        [yes] {"\u000A"}Объём { $volume }{ $tariffs ->
            [one] , тариф { $tariff }
            [several] , тариф от { $tariff } до { $tariffMost }
           *[none] {""}
        }
       *[no] { $tariffs ->
            [one] {"\u000A"}Тариф { $tariff }
            [several] {"\u000A"}Тариф от { $tariff } до { $tariffMost }
           *[none] {""}
        }
    }
details-month = • { PERIOD($period) }: начислено { MONEY($charged) }, { $paidWay ->
    [returned] возвращено
   *[paid] оплачено
} { MONEY($paid) }
details-sheet =
    { account-title }
    Детализация: { details-span }

    Файл открывается в Excel и LibreOffice: начисления, платежи и итоги по услугам на отдельных листах.
