# The SMS that carries a code: one SMS of Cyrillic letters is 70 characters.
sms-code = Код { $code } для входа. Никому его не сообщайте. ВЦ «Инкомус»
