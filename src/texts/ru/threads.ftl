# What staff see in the thread of a request, and what stands above an answer at the resident's, `thread-…`.

# The name of a topic: at most 128 characters.
thread-title = { $late ->
        [yes] ⏰
       *[no] {""}
    }{ $state ->
        [new] 🆕
        [taken] 🛠
        [answered] 💬
       *[closed] ✅
    } № { NO($number) } · { $topic }{ $name ->
        [none] {""}
       *[other] { " · " }{ $name }
    }{ $state ->
        [closed] {""}
       *[other] { $who ->
            [none] {""}
           *[other] { " · ведёт " }{ $who }
        }
    }
# Where that one is not taken.
thread-title-plain = № { NO($number) }
thread-topic-gone = Обращение
thread-escalation = { $kind ->
        [limit-by-account] Подбор суммы
        [limit-by-account-password] Подбор пароля
        [limit-by-person] Ошибки при подключении
        [limit-by-person-password] Ошибки в пароле к счёту
        [limit-overall] Подключение по сумме закрыто
        [guest-lookups] Перебор лицевых счетов
        [guest-lookups-overall] Показания и оплата без подключения закрыты
        [not-me] «Это не я»
        [reading-refused] Показания не приняты
        [readings-refused-more] Показания не приняты
        [sms-provider] SMS не уходят
        [sms-numbers-alike] Коды на похожие номера
        [sms-overall] Предел SMS
        [payment-not-credited] Платёж не зачислен
        [payment-failed] Платёж не записан
        [payment-refunded] Платёж возвращён
        [payment-return] Возврат платежа
        [payment-differs] Платёж расходится с реестром
        [payment-late] Платежа нет в реестре
        [update-failed] Ошибка у жителя
        [update-stuck] Отложенное сообщение
       *[other] Сообщение бота
    }{ $account ->
        [none] {""}
       *[other] { " · " }ЛС { $account }
    }

thread-card-head = <b>№ { NO($number) } · { $topic }</b>
thread-card-resident = 👤 { $known ->
        [yes] { $name }, логин <code>{ $login }</code>
       *[no] Логин <code>{ $login }</code>
    }{ $phone ->
        [none] {""}
       *[other] , тел. { $phone }
    }
thread-card-guest = 👤 { $known ->
        [yes] { $name }, гость: в кабинет не вошёл
       *[no] Гость: в кабинет не вошёл
    }
thread-card-account = 🏠 ЛС <code>{ $account }</code>{ $address ->
        [none] {""}
       *[other] , { $address }
    }
thread-card-unlinked = ⚠️ Этого счёта у жителя больше нет: о начислениях и долге по нему не пишите.
# What the account owes, where its resident may be told.
thread-card-debt = 💰 { $balance ->
        [debt] К оплате: { MONEY($total) }
        [overpaid] Переплата: { MONEY($total) }
       *[even] Задолженности нет
    }, начисления за { PERIOD($period) }{ $dated ->
        [yes] , платежи на { DATE($day) }
       *[no] {""}
    }
thread-card-past = 🗂 Раньше:
thread-card-past-one = { $link ->
        [none] № { NO($number) }
       *[other] <a href="{ $link }">№ { NO($number) }</a>
    }{ $state ->
        [closed] {""}
        [answered] {" "}💬
        [taken] {" "}🛠
       *[other] {" "}🆕
    }
thread-card-links = 🔗 <a href="{ $find }">Посмотреть счёт</a> · <a href="{ $password }">Выдать пароль</a>
# $besides: whether the account that the request is about stands above.
thread-card-others = { $besides ->
        [yes] { $count ->
            [1] Ещё подключён ЛС:
           *[other] Ещё подключены ЛС:
        }
       *[no] { $count ->
            [1] 🏠 Подключён ЛС:
           *[other] 🏠 Подключены ЛС:
        }
    } { $accounts }
thread-card-told = 🤖 Последнее от бота ({ TIME($at) }): «{ $what }»
thread-card-state = { $state ->
        [new] 🆕 Новое
        [taken] 🛠 В работе: { $who }
        [answered] 💬 Отвечено, ведёт: { $who }
       *[closed] ✅ Закрыто { DATE($at) }
    }
thread-card-rated = { $mark ->
        [one] ⭐ Оценка: { $mark } балл из 5.
        [few] ⭐ Оценка: { $mark } балла из 5.
       *[many] ⭐ Оценка: { $mark } баллов из 5.
    }
# What was said before, in a thread that was made anew. $left: so many earlier ones are not shown.
thread-earlier = <b>Раньше в этом обращении</b>{ $left ->
        [0] :
        [one] {" "}(ещё { $left } сообщение до этого не поместилось):
        [few] {" "}(ещё { $left } сообщения до этого не поместились):
       *[many] {" "}(ещё { $left } сообщений до этого не поместились):
    }
thread-earlier-line = { $side ->
        [resident] 👤 Житель
        [note] 📝 Заметка, { $name }
       *[staff] 💬 { $name }
    }, { TIME($at) }{ $kind ->
        [words] {""}
        [photo] , фото
        [video] , видео
        [voice] , голосовое
        [video-note] , видеосообщение
        [audio] , аудиозапись
        [sticker] , стикер
        [location] , место на карте
        [contact] , контакт
       *[document] , файл
    }:
thread-card-anew = ♻️ Прежней темы этого обращения больше нет, разговор продолжается здесь.

# Above what a resident wrote, among staff: nothing of the bot's own begins so, and the words below stand in a block of their own.
thread-resident-header = { $plain ->
        [yes] 👤 <b>№ { NO($number) }</b>
       *[no] 👤 <b>Житель</b>
    }{ $anew ->
        [yes] {" "}(исправлено)
       *[no] {""}
    }
thread-answer-header = { $anew ->
        [yes] <b>Исправленный ответ по обращению № { NO($number) }</b>
       *[no] <b>Ответ по обращению № { NO($number) }</b>
    }
# Staff wrote first, and this is what they begin with.
thread-written-header = <b>Вам пишут из центра: обращение № { NO($number) }</b>
thread-passed-on = { $name ->
        [none] <i>↪️ Пересланное сообщение</i>
       *[other] <i>↪️ Переслано от «{ $name }»</i>
    }
thread-quoted = <i>↩️ «{ $quote }»</i>
# What carries no words of its own.
thread-piece = { $kind ->
        [sticker] стикер
        [video-note] 🎬 видеосообщение
        [location] 📍 место на карте:
       *[contact] контакт:
    }
thread-file-lost = <i>Здесь был файл, передать его не удалось.</i>
thread-file-held = <i>Здесь файл. Он придёт отдельно, когда группа станет принимать такие.</i>
# Which permission is wanting.
thread-files-held = ⏳ № { NO($number) }: житель прислал { $kind ->
        [photo] фото, а группа его от бота не принимает. Разрешите участникам группы «Фото»
        [video] видео, а группа его от бота не принимает. Разрешите участникам группы «Видео»
        [voice] голосовое сообщение, а группа его от бота не принимает. Разрешите участникам группы «Голосовые сообщения»
        [video-note] видеосообщение, а группа его от бота не принимает. Разрешите участникам группы «Видеосообщения»
        [audio] аудиозапись, а группа её от бота не принимает. Разрешите участникам группы «Музыка»
        [sticker] стикер, а группа его от бота не принимает. Разрешите участникам группы «Стикеры и GIF»
        [location] место на карте, а группа его от бота не принимает. Разрешите участникам группы отправлять все виды сообщений
        [contact] контакт, а группа его от бота не принимает. Разрешите участникам группы отправлять все виды сообщений
       *[document] файл, а группа его от бота не принимает. Разрешите участникам группы «Файлы»
    } (настройки группы, «Разрешения») или сделайте бота администратором: тогда всё придёт само. Слова жителя приходят и так.
# To the resident whose file it was.
thread-file-again = ⚠️ Обращение № { NO($number) }: файл сотрудникам не передан, { $reason ->
        [size] он слишком большой. Пришлите, пожалуйста, файл поменьше.
       *[file] Telegram его не отдал. Пришлите его, пожалуйста, ещё раз — заново, не пересылкой.
    }
thread-words-lost = ❗️ № { NO($number) }: сообщение жителя сюда не дошло, Telegram его не принял.{ $asked ->
        [yes] {" "}Мы попросили жителя написать его ещё раз.
       *[no] {""}
    }
thread-words-again = ⚠️ Обращение № { NO($number) }: ваше сообщение до сотрудников не дошло, Telegram его не принял. Напишите его, пожалуйста, ещё раз обычным текстом, другими словами.

# What did not arrive: of what kind it was, why, and what to do.
thread-undelivered-why = { $reason ->
        [blocked] Житель заблокировал бота или удалил Telegram, а телефона его у нас нет. Если он вернётся, ответ уйдёт ему сам.
        [blocked-phone] Житель заблокировал бота или удалил Telegram. Позвоните: номер — по кнопке «Показать телефон». Если он вернётся, ответ уйдёт ему сам.
        [nobody] Житель отозвал согласие, писать ему больше некуда.
        [voices] Голосовые и видеосообщения этот житель не принимает: напишите словами.
        [kind] Такое житель в Telegram не принимает: напишите словами.
        [copying] Telegram не даёт копировать из этой группы: в её настройках включён запрет на копирование. Напишите словами.
        [file] Telegram не отдаёт этот файл. Пришлите его, пожалуйста, заново, не пересылкой.
        [size] Файл слишком большой для бота. Пришлите, пожалуйста, поменьше или ссылкой.
        [words] Telegram не принял эти слова: их слишком много или в них что-то не так. Напишите, пожалуйста, иначе и короче.
        [away] Telegram долго не отвечал. Отправьте, пожалуйста, ещё раз.
       *[other] Telegram не принял это сообщение. Отправьте его, пожалуйста, другими словами или другим файлом.
    }
thread-undelivered = ❗️ № { NO($number) }: не доставлено{ $kind ->
        [words] {""}
        [photo] {" "}(фото)
        [video] {" "}(видео)
        [voice] {" "}(голосовое)
        [video-note] {" "}(видеосообщение)
        [audio] {" "}(аудиозапись)
        [sticker] {" "}(стикер)
        [location] {" "}(место на карте)
        [contact] {" "}(контакт)
        [album] {" "}(альбом или часть его)
       *[document] {" "}(файл)
    }. { thread-undelivered-why }
thread-file-undelivered = ❗️ № { NO($number) }: ушли только слова, { $kind ->
        [location] место на карте житель получил текстом
        [contact] контакт житель получил текстом
        [album] файлы альбома или часть их — нет
       *[other] файл — нет
    }. { thread-undelivered-why }
thread-edit-undelivered = ❗️ № { NO($number) }: правка не ушла целиком, у жителя остались прежние слова. { thread-undelivered-why }
thread-answer-waits = ⏳ № { NO($number) }: житель вышел из кабинета, поэтому ответ ждёт, пока он войдёт. Житель знает, что ответ есть.
request-answer-waits = 🔔 Пришёл ответ на обращение № { NO($number) }. Войдите, чтобы прочитать.
thread-not-erased = ❗️ № { NO($number) }: житель отозвал согласие, а удалить его сообщения здесь не получилось. Удалите их, пожалуйста, сами.
thread-edit-withheld = ❗️ № { NO($number) }: правка жителю не ушла. Прежний ответ остался в Telegram-аккаунте, из которого житель вышел. Отправьте, пожалуйста, новый ответ.
thread-not-withdrawn = ❗️ № { NO($number) }: ответ не удалён, он уже у жителя. Telegram даёт удалять сообщения только двое суток. Напишите, пожалуйста, поправку.
