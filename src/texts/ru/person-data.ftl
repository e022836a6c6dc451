# What is kept of a person, as a file: a heading for each kind, a name for each value.
person-data-title = Персональные данные, которые о вас хранит бот: { $at }
person-data-file = Персональные данные { $day }.txt
person-data-nothing = нет
person-data-part = { $part ->
        [resident] Логин
        [consents] Согласия на обработку персональных данных
        [messengers] Аккаунты в мессенджере, подтверждённые для этого логина
        [sessions] Входы
        [codes] Коды подтверждения за последние двое суток
        [links] Подключения лицевых счетов
        [mutedNews] Отключённые уведомления
        [readings] Переданные показания
        [readingPhotos] Фотографии счётчиков (сами они хранятся в мессенджере)
        [cardPayments] Платежи картой
        [paymentOrders] Счета на оплату картой
        [requests] Обращения
        [requestMessages] Переписка по обращениям
        [guestLookups] Лицевые счета, открытые без подключения
        [lastTold] Что бот сказал последним
        [account] Лицевой счёт
        [charges] Начисления
        [payments] Платежи, учтённые в расчётах
        [meters] Счётчики
        [handedIn] Показания, переданные по счёту
       *[paidByCard] Оплачено по счёту картой в боте
    }
person-data-field = { $field ->
        [account] лицевой счёт
        [addedAt] добавлено
        [address] адрес
        [area] площадь, м²
        [at] когда
        [benefitKopecks] льгота
        [called] как подписан в мессенджере
        [chargedKopecks] начислено
        [closed] закрыт
        [closedAt] закрыто
        [closedOn] закрыт с
        [confirmedAt] подтверждён
        [countedAt] впервые
        [createdAt] создано
        [day] день
        [delivery] отправка
        [digits] разрядность
        [dueKopecks] к оплате
        [editedAt] исправлено
        [endedAt] окончено
        [endedWhy] почему окончено
        [fias] ФИАС
        [fileName] файл
        [givenAt] дано
        [grounds] основание перерасчёта
        [kind] вид
        [linkedAt] подключён
        [login] логин
        [messengerId] аккаунт
        [name] название
        [norm] норматив
        [number] номер
        [openedAt] начато
        [openingKopecks] входящее сальдо
        [operation] номер операции
        [ownerName] ФИО
        [paidAt] оплачено
        [paidKopecks] оплачено
        [penaltyKopecks] пени
        [period] период
        [phone] телефон
        [purpose] для чего
        [rating] оценка
        [ratingWords] отзыв
        [reason] причина отказа
        [recalculatedKopecks] перерасчёт
        [refundedAt] возвращено
        [registeredAt] зарегистрирован
        [request] обращение №
        [residents] проживает
        [scale] шкала
        [seenAt] в последний раз
        [service] услуга
        [sha256] отпечаток текста
        [side] кто писал
        [source] источник
        [state] состояние
        [sumKopecks] сумма
        [supplier] поставщик
        [takenAt] принято
        [tariff] тариф
        [topic] тема
        [totalKopecks] сумма
        [unifiedNumber] ЕЛС
        [unit] единица
        [value] показание
        [valueDay] на день
        [verificationDue] поверка до
        [version] версия документа
        [volume] объём
        [way] способ
        [withdrawnAt] отозвано
       *[words] текст
    }
person-data-value = { $value ->
        [true] да
        [false] нет
        [resident] житель
        [staff] центр
        [sum] по сумме
        [password] по паролю
        [relative] по ссылке близкого
        [unlinked] отключено жителем
        [by-other-holder] отключено другим жителем
        [owner-changed] сменился владелец
        [by-staff] отключено центром
        [by-giver] доступ закрыл тот, кто его дал
        [giver-left] у того, кто дал доступ, этого счёта больше нет
        [new] новое
        [taken] принято в работу
        [answered] отвечено
        [closed] закрыто
        [registration] регистрация
        [recovery] новый пароль
        [sign-in] вход
        [new-phone] новый телефон
       *[other] { $value }
    }
person-data-reading = { $value ->
        [taken] принято ботом
        [exported] отправлено в расчёт
        [accepted] учтено в расчёте
        [refused] не учтено в расчёте
       *[other] { $value }
    }
person-data-code = { $value ->
        [under-way] отправляется
        [sent] отправлен
        [not-meant] не отправлялся
        [bad-number] номер не принимает SMS
        [trouble] не отправлен: сбой у оператора связи
       *[other] { $value }
    }
person-data-request = { $value ->
        [request] обращение
       *[other] сообщение бота сотрудникам
    }
person-data-message = { $value ->
        [words] текст
        [photo] фотография
        [document] файл
        [video] видео
        [voice] голосовое сообщение
        [audio] аудиозапись
        [video-note] видеосообщение
        [sticker] стикер
        [location] место на карте
        [contact] контакт
       *[other] { $value }
    }
person-data-sum = { MONEY($sum) }
