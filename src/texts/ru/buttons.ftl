# Labels. Their words are the product's vocabulary: they stay as they are.

button-menu = Меню
button-cancel = Отмена
button-login = Вход
button-register = Регистрация
button-accounts = Мои лицевые счета
button-link = Подключить лицевой счет
button-debt = Задолженность
button-settings = Настройки
button-contacts = Контакты
button-logout = Выйти
button-share-phone = Поделиться номером
button-previous-page = ← Назад
button-next-page = Дальше →

# Registration, sign-in, recovery.
button-agree = Даю согласие
button-login-is-phone = Логин — мой телефон
button-sign-up = Зарегистрироваться
button-resend-code = Отправить код еще раз
button-forgot-password = Забыли пароль?
button-recover-login = Восстановить этот логин
button-phone-is-mine = Этот номер теперь мой

# Settings.
button-change-password = Сменить пароль
button-change-phone = Сменить телефон
button-sessions = Где выполнен вход
button-withdraw-consent = Отозвать согласие
button-delete-all = Отозвать и удалить мои данные
