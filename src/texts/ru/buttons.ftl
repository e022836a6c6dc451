# Labels. Their words are the product's vocabulary: they stay as they are.

button-menu = Меню
button-help = Помощь
button-cancel = Отмена
button-login = Вход
button-register = Регистрация
button-accounts = Мои лицевые счета
button-link = Подключить лицевой счёт
button-debt = Задолженность
button-bill = Квитанция
button-history = История начислений и платежей
button-details = Детализация за период
button-readings = Передать показания счётчиков
button-pay = Произвести оплату онлайн
button-request = Обратная связь
button-settings = Настройки
button-contacts = Контакты
button-logout = Выйти
button-logout-sure = Выйти
button-issue-password = Выдать пароль
button-find-account = Найти лицевой счёт
button-load-registry = Загрузить реестр
button-announce = Объявление
button-share-phone = Поделиться номером
button-previous-page = ← Назад
button-next-page = Дальше →
button-previous-page-of = ← Назад, стр. { $page } из { $of }
button-next-page-of = Дальше, стр. { $page } из { $of } →
button-account-debt = { $label } · { $sum }

# Registration, sign-in, recovery.
button-agree = Даю согласие
button-login-is-phone = Логин — мой телефон
button-sign-up = Зарегистрироваться
button-correct-login = Исправить логин
button-correct-phone = Исправить телефон
button-resend-code = Отправить код ещё раз
button-other-login = Другой логин
button-forgot-password = Забыли пароль?
button-recover-login = Восстановить этот логин
button-phone-is-mine = Этот номер теперь мой

# Settings.
button-change-password = Сменить пароль
button-change-phone = Сменить телефон
button-sessions = Где выполнен вход
button-news = Уведомления
button-no-news = Больше не присылать
button-withdraw-consent = Отозвать согласие
button-delete-all = Отозвать и удалить мои данные

# Accounts.
button-by-sum = По сумме последних платежей
button-by-password = По паролю из пункта приёма платежей
button-correct-account = Исправить номер
button-is-sum = Это сумма
button-is-number = Это номер счёта
button-connect = Подключить
button-forgot-sum = Не помню сумму
button-get-password = Как получить пароль?
button-rename-account = Назвать по-своему
button-no-name = Убрать название
button-unlink-account = Отключить лицевой счёт
button-unlink-sure = Да, отключить
button-other-links = Кто ещё подключил
button-not-me = Это не я
button-not-me-of = Это не я: подключён { TIME($at) }
button-end-link = Отключить чужое подключение
button-report-link = Сообщить сотрудникам
button-place = 📍 { $name }

# Debt and payment document.
button-why = Почему столько?
button-qr = QR-код
button-pay-sbp = Оплатить через СБП
button-other-bill = За другой месяц
button-latest-bill = Последняя квитанция
button-month = { PERIOD($period) }

# Staff in private: a password to an account.
button-passport = Паспорт
button-driving-licence = Водительское удостоверение
button-military-id = Военный билет
button-payment-document = Платёжный документ
button-names-match = ФИО и адрес совпадают
button-ownership-certificate = Свидетельство о регистрации права
button-tenancy-agreement = Договор найма жилого помещения
button-issue = Выдать
button-issue-again = Выдать заново
button-account-requests = Обращения по счёту
button-reopen-linking = Открыть подключение по сумме
button-account-of = Лицевой счёт { $account }

# In the staff group.
button-colleague = { $name }
button-credit-do = Зачислить
button-credit-undo = Отменить зачисление
button-refund-do = Отметить возврат
button-refund-undo = Отменить отметку о возврате
button-settle-do = Отметить: учтён иначе
button-settle-undo = Отменить решение

# Something is confirmed.
button-all-right = Всё верно
button-correct = Исправить

# Payment.
button-other-account = Другой лицевой счёт
button-pay-all = Все счета сразу
button-account-by-number = Счёт по номеру
button-whole-debt = Вся задолженность
button-other-sum = Другая сумма
button-skip-account = Пропустить этот счёт
button-pay-by-card = Оплатить картой
button-pay-of = Оплатить · { $label }
button-qr-of = QR-код · { $label }
button-copy-account = 📋 Номер счёта
button-copy-sum = 📋 Сумма
button-copy-requisites = 📋 Реквизиты

# Months, turned in place.
button-earlier = Раньше
button-later = Позже

# History and detail.
button-chart = График за 12 месяцев
button-xlsx = Скачать XLSX
button-other-period = Выбрать другой период
button-this-year = Этот год
button-half-year = Полгода
button-last-year = Прошлый год
# Readings.
button-skip-meter = Пропустить
button-give-access = Дать доступ близкому
button-make-access-link = Создать одноразовую ссылку
button-withdraw-access-link = Отозвать ссылку
button-end-access = Закрыть доступ
button-end-access-sure = Да, закрыть
button-take-access = Подключить лицевой счёт близкого
button-one-by-one = По одному
button-go-on-reading = Продолжить по одному
button-write-us = Написать нам
button-my-readings = Мои показания
button-readings-of = Передать показания · { $label }
button-replace-theirs = Заменить моими
button-keep-theirs = Оставить как есть
button-reading-photo = Приложить фото счётчика
button-photos-sent = Готово

# Requests.
button-my-requests = Мои обращения
button-add-to-request = Дополнить
button-send = Отправить
button-drop-words = Не отправлять
button-other-topic = Другая тема
button-nothing-to-add = Добавить нечего
button-to-staff = Написать сотрудникам
button-account-of-number = Это лицевой счёт
button-which-account = Указать лицевой счёт
button-mark-5 = 5 ⭐
button-mark-4 = 4 ⭐
button-mark-3 = 3 ⭐
button-mark-2 = 2 ⭐
button-mark-1 = 1 ⭐
button-new-request = Новое обращение
button-no-account = Не о лицевом счёте
button-no-rating-words = Без пояснений
button-rate-request = Оценить ответ
button-reopen-request = Вернуть в работу

# Under the picture of /stats, in the group.
button-stats-week = За 7 дней
button-stats-month = За 30 дней
button-stats-year = За 12 месяцев

# Registries, staff in private.
button-apply = Провести
button-check-again = Проверить ещё раз
button-choose-layout = Выбрать описание
button-drop = Не проводить
button-files-sent = Готово
button-undo-import = Отменить загрузку
button-export-readings = Выгрузить показания
button-export-payments = Выгрузить платежи
button-export-again = Выгрузить ещё раз
button-of-readings = Показания
button-of-payments = Платежи

# The staff group.
button-request-take = Взять в работу
button-request-close = Закрыть
button-answer-withdraw = Отозвать
button-show-phone = Показать телефон
button-stats = Статистика
button-open-requests = Что ждёт ответа
button-mine-requests = Мои обращения в работе

# A person's data by an application, seniors in private.
button-person-data = Персональные данные
button-application = Заявление подписано
button-identity = Личность проверена
button-person-export = Выдать копию данных
button-person-erase = Отозвать согласие
button-hand-out = Выдать файл
button-go-on-erasing = Дальше
button-erase-now = Удалить данные
button-person-owner = Владелец счёта
button-person-resident = Житель { $login }, { $phone }
button-person-phoneless = Житель { $login }

# Announcements.
button-to-all = Всем
button-to-street = Улица
button-to-house = Дом
button-other-audience = Выбрать других
button-whole-words = Да, целиком
button-write-again = Написать заново
button-send-later = Отправить позже
button-add-picture = Приложить картинку
button-no-picture = Без картинки
button-stop-announcement = Остановить
button-correct-announcement = Исправить
button-sent-announcements = Отправленные
