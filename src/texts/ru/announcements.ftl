# «Объявление», staff in private. $target: 'all', 'street', 'house'; $place: '' for all.

announcement-audience = { $target ->
        [all] всем жителям с кабинетом
       *[other] { $place }
    }
announcement-target =
    <b>Объявление</b>
    Кому его отправить? Получат жители, у которых подключён лицевой счёт на этой улице или в этом доме, а «Всем» — все, у кого есть логин. Кто выключил объявления, тому они не приходят.
announcement-place = { $target ->
        [street] Какая улица? Напишите её название или начало, например: Портовая.
       *[house] Какой дом? Напишите улицу и номер, например: Портовая 5.
    }
announcement-no-place = { $target ->
        [street] Такой улицы в реестре лицевых счетов нет. Напишите иначе, можно только начало названия.
       *[house] Такого дома в реестре лицевых счетов нет. Напишите иначе: начало названия улицы и номер дома.
    }
announcement-which =
    { $target ->
        [street] Эта улица?
       *[house] Этот дом?
    }
    { $more ->
        [yes] Подходит больше двадцати, здесь первые. Если нужного нет, напишите точнее.
       *[no] Если нет, напишите иначе.
    }
announcement-words =
    Кому: <b>{ announcement-audience }</b>

    Напишите текст объявления одним сообщением, до 3500 знаков (с картинкой — до 900). Картинку и время отправки можно выбрать дальше. Перед отправкой покажем, как его увидят.
announcement-words-to-picture =
    Картинку приложим. Кому: <b>{ announcement-audience }</b>

    Теперь напишите текст объявления, до 900 знаков: он встанет под картинкой.
announcement-nobody =
    Это объявление сейчас никто не получит (кому: { announcement-audience }): жителей с кабинетом там нет, или объявления у них выключены.
announcement-preview =
    Так это увидят жители (выше). Кому: <b>{ announcement-audience }</b>

    Получателей: <b>{ $people }</b>. Объявления приходят с 9:00 до 21:00, каждому один раз. Картинку можно прислать прямо сюда, а время отправки — написать, например: <code>завтра в 10:00</code>.
announcement-picture = Пришлите одну картинку: фото или изображение файлом. Она встанет над текстом объявления.
announcement-too-long-for-picture = С картинкой текст должен быть не длиннее { $most } знаков, а в нём { $length }. Картинка не приложена: сократите текст кнопкой «Исправить» или отправьте без неё.
announcement-when = Когда отправить? Например: <code>завтра 10:00</code> или <code>25.11 18:30</code>, по времени центра. С 21:00 до 9:00 объявления не приходят.
announcement-when-unclear = Это время понять не получилось. Напишите день и время, например: <code>завтра 10:00</code>, <code>25.11 18:30</code> или просто <code>18:30</code> — сегодня.
announcement-when-past = Это время уже прошло. Напишите другое, например: <code>завтра 10:00</code>.
announcement-when-far = Это слишком далеко: объявление можно отложить самое большее на 60 дней. Напишите день ближе.
announcement-planned = Объявление № { $number } отправится { TIME($at) }. До этого его можно остановить: кнопка ниже. Получатели подберутся в то самое время.
announcement-sending = Объявление № { $number } отправляется. Ниже появится, сколько уже доставлено.
announcement-senior-needed = Объявления отправляет старший сотрудник. Передайте ему текст.
announcement-progress =
    { $state ->
        [planned] 🕒 <b>Объявление № { $number } отправится { TIME($sendAt) }</b>
        [sending] 📣 <b>Объявление № { $number } отправляется</b>
        [stopped] ✋ <b>Объявление № { $number } останавливается</b>
        [halted] ✋ <b>Объявление № { $number } остановлено</b>
       *[over] ✅ <b>Объявление № { $number } отправлено</b>
    }
    Кому: { announcement-audience }

    { $state ->
        [planned] {""}
       *[other] { announcement-figures }
    }
    { $state ->
        [sending] { $counted ->
            [yes] Осталось: { $waiting }
           *[no] Осталось: { $waiting } и больше, получатели ещё подбираются
        }
       *[other] {""}
    }
    { $night ->
        [yes] Ночью объявления не отправляются: продолжим в 9:00.
       *[no] {""}
    }
announcement-figures = Доставлено: { $delivered }{ $undelivered ->
        [0] {""}
       *[other] , не доставлено: { $undelivered }
    }{ $unsent ->
        [0] {""}
       *[other] , не отправлено: { $unsent }
    }
announcement-stop-stopped = Останавливаем объявление № { $number }: кто ещё не получил, уже не получит.
announcement-stop-over = Объявление № { $number } уже отправлено всем, останавливать нечего.

# To residents, signed in or not.
notice-announcement =
    📣 <b>Объявление</b>

    { $words }

# To the group.
staff-announcement-over =
    📣 <b>Объявление № { $number } { $stopped ->
        [yes] остановлено
       *[no] отправлено
    }</b>
    Кому: { announcement-audience }
    { announcement-figures }
    Отправил сотрудник: { $by }
