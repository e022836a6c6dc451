# The picture of /stats. No markup: it is drawn, not sent.

desk-chart-title = Обращения жителей
desk-chart-span = { DATE($from) } — { DATE($to) }
desk-chart-by-day = Сколько поступило за день
desk-chart-by-month = Сколько поступило за месяц
desk-chart-in-time = Ответили в срок
desk-chart-late = Позже нормы
desk-chart-unanswered = Закрыли без ответа
desk-chart-waiting = Ещё ждут ответа, срок не вышел
desk-chart-opened = Всего поступило
desk-chart-percent = Доля ответов в срок
desk-chart-percents = { $percent } %
desk-chart-rated = Средняя оценка, всего оценок: { $rated }
desk-chart-rating = { $rating } из 5
desk-chart-file = Обращения { $from } – { $to }.png

# What residents do in the cabinet.
cabinet-chart-title = Что делают жители
cabinet-chart-by-day = По дням
cabinet-chart-by-month = По месяцам
cabinet-chart-registered = Зарегистрировались
cabinet-chart-linked = Подключили счёт
cabinet-chart-readings = Передали показание
cabinet-chart-payments = Оплатили картой
cabinet-chart-file = Кабинет { $from } – { $to }.png
