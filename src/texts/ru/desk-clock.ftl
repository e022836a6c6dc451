# The clock of the desk: what is said outside of working hours, what waits too long, the summary in the morning.

# To a resident. $why: 'lunch', 'closed', or 'long' where it is not known when work goes on.
desk-closed-hours =
    { $why ->
        [lunch] Сейчас у нас обед. Вернёмся { TIME($until) } и ответим на обращение № { NO($number) }.
        [closed] Сейчас мы не работаем. Вернёмся { TIME($until) } и ответим на обращение № { NO($number) }.
        [unknown] Сейчас мы не работаем. Ответим на обращение № { NO($number) } в первый рабочий день; какой это день, бот пока не знает.
       *[long] Сейчас мы не работаем. Ответим на обращение № { NO($number) }, когда вернёмся.
    }

# To staff, where they talk about the request. $kind: 'request' or an escalation's; $mention: '@name @name' or ''.
desk-late =
    ⏰ <b>{ $kind ->
        [request] Житель ждёт ответа дольше нормы
       *[other] Сообщение бота ждёт решения дольше нормы
    }</b>
    { $kind ->
        [request] Написал
       *[other] Пришло
    } { TIME($since) }, норма — { desk-norm }. { $taken ->
        [yes] В работе: { $who }.
       *[no] Никто не взял в работу.
    }
    { $mention }

# Working hours, in the nominative.
desk-norm =
    { $hours ->
        [one] { $hours } рабочий час
        [many] { $hours } рабочих часов
       *[other] { $hours } рабочих часа
    }

# To the group, when a day of work begins. $since: the first day that it tells of; $numbers: '№ 12, № 15', of $unnamed more nothing is told.
desk-digest =
    ☀️ <b>Обращения этим утром</b>
    { $open ->
        [0] Открытых обращений нет.
       *[other] Открыто: <b>{ $open }</b> — новых { $new }, в работе { $taken }, отвечено { $replied }.
    }
    { $late ->
        [0] { $waiting ->
            [0] Без ответа никто не ждёт.
           *[other] Ждут ответа: { $waiting }, все в пределах нормы ({ desk-norm }).
        }
       *[other] ⏰ Ждут ответа: { $waiting }, дольше нормы ({ desk-norm }) — <b>{ $late }</b>: { $numbers }{ $unnamed ->
            [0] {""}
           *[other] { " " }и ещё { $unnamed }
        }.
    }

    С { DATE($since) }: поступило { $opened }, ответили на { $answered }, закрыли { $closed }.
    { $rated ->
        [0] Оценок не было.
       *[other] Оценок: { $rated }, в среднем { $rating } из 5.
    }
    { $troubles ->
        [0] {""}
       *[other] Сообщений бота без решения: { $troubles }.
    }

# Under the picture of /stats. $span: 'week', 'month' or 'year'; $answers: how many have a first answer, which took $hours and $minutes of work.
desk-stats =
    📊 <b>Обращения { $span ->
        [week] за 7 дней
        [month] за 30 дней
       *[year] за 12 месяцев
    }</b>
    Поступило: { $opened }.{ $known ->
        [yes] { " " }В срок ответили на { $percent } % обращений.
       *[no] {""}
    }{ $answers ->
        [0] {""}
       *[other] { " " }Первый ответ обычно { $hours ->
            [0] { $minutes ->
                [0] меньше чем через минуту
               *[other] через { $minutes } мин
            }
           *[other] через { $hours } ч{ $minutes ->
                [0] {""}
               *[other] { " " }{ $minutes } мин
            }
        } рабочего времени.
    }
    { $rated ->
        [0] Оценок не было.
       *[other] Оценок: { $rated }, в среднем { $rating } из 5.
    }
    Сейчас открыто { $open }, ждут ответа { $waiting }, из них дольше нормы { $late }.

# What residents do in the cabinet. $residents, $linkedAccounts, $accounts: how things stand now.
cabinet-stats =
    📈 <b>Кабинет { $span ->
        [week] за 7 дней
        [month] за 30 дней
       *[year] за 12 месяцев
    }</b>
    Зарегистрировались: { $registered }, всего жителей: { $residents }.
    Подключили лицевые счета: { $linked }, всего в кабинете счетов: { $linkedAccounts } из { $accounts }.
    Передали показания: { $readings }.
    Оплатили картой: { $payments }{ $payments ->
        [0] {""}
       *[other] {" "}на { MONEY($paidKopecks) }
    }.

# Under the spreadsheet.
desk-sheet =
    📎 <b>Обращения с { DATE($from) } по { DATE($to) }</b>
    Строк: { $rows }. Норма ответа — { desk-norm }.

desk-stats-how = За сколько показать? <code>/stats</code> — за 30 дней, <code>/stats 7</code> — за неделю, <code>/stats 365</code> — за год.
# Over the chat, to whoever pressed a button under the picture.
desk-press-stats = Готовим, сейчас придёт.
# In a topic of a request.
desk-stats-at-large = Картинка придёт в общую тему группы.

# The same where the holidays of that day are not known. $holidaysEnd: the last day of which they are.
desk-late-uncertain =
    { desk-late }
    { desk-holidays-end }
desk-digest-uncertain =
    { desk-digest }

    { desk-holidays-end }
desk-stats-uncertain =
    { desk-stats }
    { desk-holidays-end }
desk-holidays-end = ℹ️ Праздники боту известны по { DATE($holidaysEnd) }: рабочее время после этого дня он считает без них и может ошибаться. Скажите об этом тому, кто ведёт бота.
