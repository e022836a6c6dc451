# The sheets of QR links that staff print, cut and put into letter boxes.

account-links-title = QR-коды лицевых счетов
account-links-author = АО ВЦ «Инкомус»
account-links-account = Лицевой счёт
account-links-what = Показания счётчиков и оплата в Telegram — без регистрации
account-links-how = Наведите на код камеру телефона: откроется бот { $bot }
