# «Объявление», staff in private. $target: 'all', 'street', 'house'; $place: '' for all. $most, $mostUnderPicture: characters, in digits.

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

    Напишите текст объявления одним сообщением, до { $most } знаков (с картинкой — до { $mostUnderPicture }). Картинку и время отправки можно выбрать дальше. Перед отправкой покажем, как его увидят.
announcement-words-to-picture =
    Картинку приложим. Кому: <b>{ announcement-audience }</b>

    Теперь напишите текст объявления, до { $mostUnderPicture } знаков: он встанет под картинкой.
announcement-nobody =
    Это объявление сейчас никто не получит (кому: { announcement-audience }): жителей с кабинетом там нет, или объявления у них выключены. Выберите других: текст и картинку мы сохранили.
announcement-preview =
    Так это увидят жители (выше). Кому: <b>{ announcement-audience }</b>

    Получателей: <b>{ $people }</b>. Объявления приходят с 9:00 до 21:00, каждому один раз. Картинку можно прислать прямо сюда, а время отправки — написать, например: <code>завтра в 10:00</code>.
announcement-picture = Пришлите одну картинку: фото или изображение файлом. Она встанет над текстом объявления.
announcement-long = Объявление длиннее { $most } знаков. Пришлите, пожалуйста, короче и целиком одним сообщением. Если Telegram разрезал текст, о его продолжении мы спросим.
announcement-tail =
    Это объявление целиком? Прошлое сообщение было слишком длинным, и это может быть его продолжение:

    <blockquote>{ $words }</blockquote>
announcement-too-long-for-picture = С картинкой текст должен быть не длиннее { $most } знаков, а в нём { $length }. Картинка не приложена: сократите текст кнопкой «Исправить» или отправьте без неё.
announcement-when = Когда отправить? Например: <code>завтра 10:00</code> или <code>25.11 18:30</code>, по времени центра. С 21:00 до 9:00 объявления не приходят.
announcement-when-unclear = Это время понять не получилось. Напишите день и время, например: <code>завтра 10:00</code>, <code>25.11 18:30</code> или просто <code>18:30</code> — сегодня.
announcement-when-past = Это время уже прошло. Напишите другое, например: <code>завтра 10:00</code>.
announcement-when-far = Это слишком далеко: объявление можно отложить самое большее на 60 дней. Напишите день ближе.
announcement-planned = Объявление № { NO($number) } отправится { TIME($at) }. До этого его можно остановить: кнопка ниже. Получатели подберутся в то самое время.
announcement-sending = Объявление № { NO($number) } отправляется. Ниже появится, сколько уже доставлено.
announcement-senior-needed = Объявления отправляет старший сотрудник. Передайте ему текст.
# $corrects: the number of what it corrects, or 0. $rest: whether it goes to others, too, who have not got that.
announcement-title = { $corrects ->
        [0] Объявление № { NO($number) }
       *[other] Исправление № { NO($number) } к объявлению № { NO($corrects) }
    }
announcement-whom = { $rest ->
        [no] тем, кто получил прежний текст
       *[yes] { announcement-audience }
    }
announcement-progress =
    { $state ->
        [planned] 🕒 <b>{ announcement-title } отправится { TIME($sendAt) }</b>
        [sending] 📣 <b>{ announcement-title } отправляется</b>
        [stopped] ✋ <b>{ announcement-title } останавливается</b>
        [halted] ✋ <b>{ announcement-title } остановлено</b>
        [corrected] ✏️ <b>{ announcement-title } исправлено</b>
       *[over] ✅ <b>{ announcement-title } отправлено</b>
    }
    Кому: { announcement-whom }

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
    { $correctedBy ->
        [0] {""}
       *[other] Дальше идёт исправление № { NO($correctedBy) }.
    }
announcement-figures = Доставлено: { $delivered }{ $undelivered ->
        [0] {""}
       *[other] , не доставлено: { $undelivered }
    }{ $unsent ->
        [0] {""}
       *[other] , не отправлено: { $unsent }
    }
announcement-sent-which = Что было отправлено за две недели, сначала новое. Какое объявление открыть?
announcement-sent-label = № { NO($number) } от { DATE($at) }, { $rest ->
        [no] исправление № { NO($corrects) }
       *[yes] { announcement-audience }
    }
announcement-sent-none = За две недели объявлений не было.
announcement-sent-page =
    { announcement-progress }

    <blockquote>{ $words }</blockquote>

# «Исправить» under one that is sent. $people: who has got the former words; $rest: 'none', 'counted', 'more' of those who have not.
announcement-correction-words =
    <b>Исправление объявления № { NO($number) }</b>
    Исправляем этот текст:

    <blockquote>{ $words }</blockquote>

    Напишите новый текст целиком, до { $most } знаков (с картинкой — до { $mostUnderPicture }). { $pictured ->
        [yes] Картинка останется; чтобы заменить её, пришлите другую.
       *[no] Можно прислать картинку, с текстом или без.
    } Перед отправкой покажем, как его увидят.
announcement-correction-same = Таким объявление № { NO($number) } и было. Напишите исправленный текст.
announcement-correction-preview =
    { $people ->
        [0] Так это увидят жители (выше). Прежнего текста объявления № { NO($number) } ещё никто не получил: всем придёт сразу новый.
       *[other] Так это увидят те, кто получил прежний текст объявления № { NO($number) } (выше). Их: <b>{ $people }</b>; кто с тех пор выключил объявления или заблокировал бота, тому не придёт. { $rest ->
            [none] Больше никому исправление не отправится.
            [counted] Ещё не получили: <b>{ $waiting }</b>, им придёт сразу новый текст, без слов об исправлении.
           *[more] Ещё не получили: <b>{ $waiting }</b> и больше (получатели подбираются), им придёт сразу новый текст, без слов об исправлении.
        }
    }

    Исправления, как и объявления, приходят с 9:00 до 21:00.
announcement-correction-sending = Исправление № { NO($number) } к объявлению № { NO($corrects) } отправляется. Ниже появится, сколько уже доставлено.
announcement-correction-changed = Объявление № { NO($number) } исправлено. Прежнего текста никто не получил, всем придёт новый.
announcement-correction-not-ready = Для исправления № { NO($number) } ещё подбираются получатели. Нажмите «Исправить» ещё раз через минуту.
announcement-correction-nobody = Объявление № { NO($number) } никто не получил, исправлять нечего. Новое отправьте в разделе «Объявление».
announcement-correction-too-old = Объявление № { NO($number) } отправлено больше двух недель назад, и кто его получил, уже не узнать. Отправьте новое в разделе «Объявление».
announcement-correction-corrected = Объявление № { NO($number) } уже исправил другой сотрудник: дальше идёт исправление № { NO($by) }. Чтобы исправить и его, нажмите «Исправить» ещё раз.
announcement-correction-revised = Пока вы писали, объявление № { NO($number) } исправил другой сотрудник. Ваше исправление не отправлено, чтобы не стереть его слова. Нажмите «Исправить»: покажем, каким объявление стало.

announcement-stop-stopped = Останавливаем объявление № { NO($number) }: кто ещё не получил, уже не получит.
announcement-stop-over = Объявление № { NO($number) } уже отправлено всем, останавливать нечего.

# To residents, signed in or not.
notice-announcement =
    📣 <b>Объявление</b>

    { $words }
# To who has got the former words, at $at.
notice-announcement-correction =
    📣 <b>Исправление к объявлению от { DATE($at) }</b>

    { $words }

# To the group.
staff-announcement-over =
    📣 <b>{ announcement-title } { $stopped ->
        [yes] { $correctedBy ->
            [0] остановлено
           *[other] исправлено: дальше идёт № { NO($correctedBy) }
        }
       *[no] отправлено
    }</b>
    Кому: { announcement-whom }
    { announcement-figures }
    Отправил сотрудник: { $by }
