# What staff see in the thread of a request, and what stands above an answer at the resident's, `thread-…`.

# The name of a topic: at most 128 characters.
thread-title = { $state ->
        [new] 🆕
        [taken] 🛠
        [answered] 💬
       *[closed] ✅
    } № { $number } · { $topic }{ $state ->
        [taken] { " · " }{ $who }
        [answered] { " · " }{ $who }
       *[other] {""}
    }
thread-topic-gone = Обращение
thread-trouble = { $kind ->
        [limit-by-account] Подбор суммы
        [limit-by-account-password] Подбор пароля
        [limit-by-person] Ошибки при подключении
        [limit-overall] Подключение по сумме закрыто
        [guest-lookups] Перебор лицевых счетов
        [guest-lookups-overall] Вход без подключения закрыт
        [not-me] «Это не я»
        [reading-refused] Показания не приняты
        [readings-refused-more] Показания не приняты
        [sms-provider] SMS не уходят
        [sms-numbers-alike] Коды на похожие номера
        [sms-overall] Предел SMS
        [payment-not-credited] Платёж не зачислен
        [payment-refunded] Платёж возвращён
        [payment-differs] Платёж расходится с реестром
        [payment-late] Платежа нет в реестре
        [update-failed] Ошибка у жителя
        [update-stuck] Отложенное сообщение
       *[other] Сообщение бота
    }{ $account ->
        [none] {""}
       *[other] { " · " }ЛС { $account }
    }

thread-card-head = <b>№ { $number } · { $topic }</b>
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
thread-card-links = 🔗 <a href="{ $find }">Посмотреть счёт</a> · <a href="{ $password }">Выдать пароль</a>
# $besides: whether the account that the request is about stands above.
thread-card-others = { $besides ->
        [yes] { $count ->
            [one] Ещё подключён ЛС:
           *[other] Ещё подключены ЛС:
        }
       *[no] { $count ->
            [one] 🏠 Подключён ЛС:
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
thread-card-anew = ♻️ Прежней темы этого обращения больше нет, разговор продолжается здесь.

thread-plain-header = <b>№ { $number }</b>
thread-answer-header = <b>Ответ по обращению № { $number }</b>
thread-file-lost = <i>Здесь был файл, передать его не удалось.</i>

thread-undelivered = ❗️ № { $number }: не доставлено. { $reason ->
        [blocked] Житель заблокировал бота. Если есть телефон, позвоните.
        [nobody] Житель отозвал согласие, писать ему больше некуда.
       *[other] Telegram не принял это сообщение. Отправьте его, пожалуйста, другими словами или другим файлом.
    }
thread-answer-waits = ⏳ № { $number }: житель вышел из кабинета, поэтому ответ ждёт, пока он войдёт. Житель знает, что ответ есть.
request-answer-waits = 🔔 Пришёл ответ на обращение № { $number }. Войдите, чтобы прочитать.
thread-not-erased = ❗️ № { $number }: житель отозвал согласие, а удалить его сообщения здесь не получилось. Удалите их, пожалуйста, сами.
thread-edit-withheld = ❗️ № { $number }: правка жителю не ушла. Прежний ответ остался в Telegram-аккаунте, из которого житель вышел. Отправьте, пожалуйста, новый ответ.
thread-not-withdrawn = ❗️ № { $number }: ответ не удалён, он уже у жителя. Telegram даёт удалять сообщения только двое суток. Напишите, пожалуйста, поправку.
