# The slip with a password to an account, a page of A5. No markup: it is drawn, not sent.

password-slip-title = Пароль к лицевому счёту
password-slip-subject = Подключение лицевого счёта к личному кабинету
password-slip-phone = { $about }: { $number }
password-slip-account = Лицевой счёт
password-slip-password = Пароль
password-slip-until = Действует { UNTIL($until) }, для одного подключения.
password-slip-how = Как подключить счёт
password-slip-step-1 = Откройте в Telegram бот { $bot } (можно по QR-коду справа) и нажмите «Старт».
password-slip-step-2 = Войдите в личный кабинет: «Вход», а если вы здесь впервые — «Регистрация».
password-slip-step-3 = Нажмите «Подключить лицевой счёт», затем «По паролю из пункта приёма платежей».
password-slip-step-4 = Напишите номер лицевого счёта и пароль с этого листка. Большие и маленькие буквы не различаются.
password-slip-step-5 = Проверьте адрес и нажмите «Подключить».
password-slip-keep = Не показывайте листок посторонним: по нему можно увидеть начисления и платежи. Сотрудники центра никогда не спрашивают этот пароль.
password-slip-lost = Если листок потерялся, срок прошёл или пароль не подошёл, придите за новым с теми же документами. С новым паролем прежний перестаёт действовать.
password-slip-file = Пароль к лицевому счёту { $account }.pdf
