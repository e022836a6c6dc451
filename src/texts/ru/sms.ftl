# The SMS that carries a code: one SMS of Cyrillic letters is 70 characters.
sms-code = Код { $code }. Никому его не сообщайте. Личный кабинет ВЦ «Инкомус»
