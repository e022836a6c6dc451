# The SMS that carries a code: one SMS of Cyrillic letters is 70 characters.
sms-code = Код { $code }. Личный кабинет ВЦ «Инкомус». Никому его не сообщайте.
