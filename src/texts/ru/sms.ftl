# The SMS that carries a code, and for what: one SMS of Cyrillic letters is 70 characters.
sms-code = Код { $code } для { $purpose ->
    [registration] регистрации
    [recovery] нового пароля
    [new-phone] смены телефона
   *[sign-in] входа
}. Никому его не сообщайте. ВЦ «Инкомус»
