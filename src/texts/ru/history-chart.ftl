# The picture of twelve months. No markup: it is drawn, not sent.

history-chart-title = Начисления и платежи
history-chart-account = Лицевой счёт { $account }
history-chart-span = { $span ->
    [month] { PERIOD($from) }
   *[months] { PERIOD($from) } — { PERIOD($to) }
}
history-chart-month = { $month ->
    [1] янв
    [2] фев
    [3] мар
    [4] апр
    [5] май
    [6] июн
    [7] июл
    [8] авг
    [9] сен
    [10] окт
    [11] ноя
   *[12] дек
}
history-chart-service = { SERVICE($service) }
history-chart-others = Прочее
history-chart-charged = Начислено всего
history-chart-paid = Оплачено
history-chart-file = График начислений { $account } { PERIOD($to) }.png
