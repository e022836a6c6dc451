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
