# The page of a payment document (приказ Минстроя 43/пр) and the picture of its QR code. No markup: it is drawn, not sent.

payment-document-title = Платёжный документ
payment-document-for = за { PERIOD($period) } г.
payment-document-purpose = на оплату жилого помещения и коммунальных услуг
payment-document-file-title = Платёжный документ за { PERIOD($period) } г., лицевой счёт { $account }
payment-document-file = Квитанция { $account } { PERIOD($period) }.pdf
payment-document-phone = { $about }: { $number }
payment-document-emergency = Аварийная служба — { $list }

payment-document-part-payer = 1. Плательщик и получатель платежа
payment-document-part-pay = 2. К оплате
payment-document-part-lines = 3. Расчёт платы по услугам, рублей
payment-document-part-lines-supplier = 3. Расчёт платы по услугам, рублей. Исполнитель: { $supplier }
payment-document-part-reference = 4. Справочные сведения
payment-document-part-recalculations = 5. Сведения о перерасчётах

payment-document-payer = Плательщик
payment-document-address = Адрес
payment-document-account = Лицевой счёт
payment-document-unified = ЕЛС
payment-document-area = Площадь
payment-document-residents = Проживает
payment-document-payee = Получатель
payment-document-inn = ИНН
payment-document-payee-account = Расчётный счёт
payment-document-bank = Банк
payment-document-bic = БИК
payment-document-corr-account = Корр. счёт
payment-document-no-payee = Реквизиты для оплаты подскажут в центре и в пунктах приёма платежей.

payment-document-due = К оплате за { PERIOD($period) } г.
payment-document-pay-by = Оплатить до { $day } включительно
payment-document-pay-by-unknown = Срок оплаты пока не известен
payment-document-nothing-due = Платить за этот период не нужно.
payment-document-overpaid = Переплата { $sum }: она зачтётся в следующих начислениях.
payment-document-older = Это документ за прошлый период: есть более новые начисления. Сколько платить сейчас, сказано в документе за { PERIOD($latest) } г.
payment-document-last-payment = Последняя оплата
payment-document-last-payment-value = { $day }, { $sum }

payment-document-opening-debt = Долг на начало периода
payment-document-opening-advance = Аванс на начало периода
payment-document-opening-none = Долг на начало периода
payment-document-charged = Начислено за период
payment-document-recalculated = Перерасчёты
payment-document-benefit = Льготы (вычтены)
payment-document-penalty = Пени
payment-document-paid = Оплачено в периоде (вычтено)
payment-document-total = К оплате
payment-document-total-overpaid = Переплата

payment-document-service = { SERVICE($service) }
payment-document-column-service = Услуга
payment-document-column-unit = Ед. изм.
payment-document-column-volume = Объём
payment-document-column-tariff = Тариф
payment-document-column-supplier = Исп.
payment-document-column-opening = Долг (+), аванс (−)
payment-document-column-charged = Начислено
payment-document-column-recalculated = Перерасчёт
payment-document-column-benefit = Льгота
payment-document-column-penalty = Пени
payment-document-column-paid = Оплачено
payment-document-column-due = К оплате
payment-document-row-total = Итого
payment-document-suppliers = Исполнители: { $list }.
payment-document-performer-phone = тел. { $number }
payment-document-performer-emergency = аварийная служба { $number }
payment-document-section-own = Жилое помещение и индивидуальное потребление, начислено { $sum }
payment-document-section-common = На содержание общего имущества дома (СОИ), начислено { $sum }
payment-document-none = За этот период нет { $list }.
payment-document-none-list = { $list } и { $last }
payment-document-none-recalculated = перерасчётов
payment-document-none-benefit = льгот
payment-document-none-penalty = пеней

payment-document-column-norm = Норматив
payment-document-norms = Нормативы потребления: { $list }.
payment-document-column-meter = Прибор учёта
payment-document-column-previous = Было
payment-document-column-value = Стало
payment-document-column-previous-on = Было на { $day }
payment-document-column-value-on = Стало на { $day }
payment-document-column-used = Расход
payment-document-column-verification = Поверка до
payment-document-meter = № { NO($number) }
payment-document-meter-scale = № { NO($number) }, { ZONE($scale) }
payment-document-verification-over = { $day } (истекла)
payment-document-column-grounds = Основание
payment-document-column-recalculated-sum = Сумма
payment-document-no-grounds = основание не указано

payment-document-data-day = Данные расчётного центра на { $day }.
payment-document-cut = линия отреза
payment-document-slip = Извещение
payment-document-slip-due = К оплате
payment-document-slip-pay-by = до { $day }
payment-document-scan = Наведите камеру в приложении банка: реквизиты и сумма заполнятся сами
payment-document-scan-no-sum = Наведите камеру в приложении банка: реквизиты заполнятся сами, сумму введите
payment-document-scan-ahead = Чтобы заплатить вперёд, наведите камеру в приложении банка и введите сумму
payment-document-slip-older = Есть более новые начисления: сумму смотрите в документе за { PERIOD($latest) } г.
payment-document-signature = Подпись плательщика
payment-document-signature-day = Дата

payment-qr-file = QR-код { $account } { PERIOD($period) }.png
payment-qr-account = Лицевой счёт { $account }
payment-qr-sum = { PERIOD($period) } г. · { $sum }
payment-qr-no-sum = { PERIOD($period) } г. · сумму введите сами
