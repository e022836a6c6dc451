# The spreadsheet of «Детализация за период». No markup: these are cells.

detail-sheet-file = Детализация { $account } { $span ->
    [month] { PERIOD($from) }
   *[months] { PERIOD($from) } – { PERIOD($to) }
}.xlsx
detail-sheet-title = Детализация начислений и платежей
detail-sheet-footer = Лицевой счёт { $account }
detail-sheet-charges = Начисления
detail-sheet-payments = Платежи
detail-sheet-services = Итоги по услугам
detail-sheet-total = Итого

detail-sheet-period = Период
detail-sheet-service = Услуга
detail-sheet-service-name = { SERVICE($service) }
detail-sheet-supplier = Поставщик
detail-sheet-opening = Входящее сальдо
detail-sheet-charged = Начислено
detail-sheet-recalculated = Перерасчёт
detail-sheet-grounds = Основание перерасчёта
detail-sheet-benefit = Льгота
detail-sheet-penalty = Пени
detail-sheet-paid = Оплачено
detail-sheet-due = К оплате
detail-sheet-volume = Объём
detail-sheet-unit = Единица
detail-sheet-tariff = Тариф

detail-sheet-day = Дата
detail-sheet-sum = Сумма
detail-sheet-source = Источник

detail-sheet-account = Лицевой счёт
detail-sheet-address = Адрес
detail-sheet-span = Период
detail-sheet-span-value = { $span ->
    [month] { PERIOD($from) }
   *[months] { PERIOD($from) } — { PERIOD($to) }
}
detail-sheet-payments-day = Данные о платежах на
