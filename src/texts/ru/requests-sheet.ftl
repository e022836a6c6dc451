# Residents' requests as a spreadsheet. No markup.

requests-sheet-file = Обращения { $from } – { $to }.xlsx
requests-sheet-requests = Обращения
requests-sheet-number = №
requests-sheet-topic = Тема
requests-sheet-account = Лицевой счёт
requests-sheet-opened-at = Поступило
requests-sheet-answered-at = Первый ответ
requests-sheet-answer-hours = Ответ через, рабочих часов
requests-sheet-fate = Норма ответа
requests-sheet-fate-in-time = в срок
requests-sheet-fate-late = позже нормы
requests-sheet-fate-unanswered = без ответа
requests-sheet-fate-waiting = ждёт
requests-sheet-state = Состояние
requests-sheet-state-new = новое
requests-sheet-state-taken = в работе
requests-sheet-state-answered = отвечено
requests-sheet-state-closed = закрыто
requests-sheet-closed-at = Закрыто
requests-sheet-reopened = Сколько раз вернули
requests-sheet-taken-by = Кто взял в работу
requests-sheet-from-resident = Сообщений жителя
requests-sheet-from-staff = Ответов
requests-sheet-rating = Оценка
requests-sheet-rating-words = Отзыв

requests-sheet-about = О выгрузке
requests-sheet-what = Что
requests-sheet-value = Значение
requests-sheet-from = Поступили не раньше
requests-sheet-to = Поступили не позже
requests-sheet-norm = Норма ответа, рабочих часов
requests-sheet-rows = Обращений
