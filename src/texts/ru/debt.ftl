# «Задолженность».

debt-account =
    { account-title }
    { $address }

    Последние начисления — за { PERIOD($period) }.{ $owedCount ->
        [0] {""}
       *[other] {"\u000A\u000A"}К оплате по квитанции:{"\u000A"}{ $owed }
    }{ $penalty ->
        [0] {""}
       *[other] {"\u000A"}Пени: { MONEY($penalty) }
    }{ $overpaidCount ->
        [0] {""}
       *[other] {"\u000A\u000A"}Переплата по услугам:{"\u000A"}{ $overpaid }
    }{ $paidSince ->
        [0] {""}
       *[other] {"\u000A\u000A"}Оплачено после этих начислений: { MONEY($paidSince) }
    }

    { debt-balance }{ debt-under-way }
    { debt-data-day }{ debt-penalty }
debt-not-charged =
    { account-title }
    { $address }

    Начислений по этому счёту пока нет.{ debt-under-way }
debt-total =
    Всего по { $count ->
        [one] { $count } счёту
       *[many] { $count } счетам
    }:
    { $due ->
        [0] <b>Задолженности нет</b>
       *[other] <b>К оплате: { MONEY($due) }</b>
    }{ $overpaid ->
        [0] {""}
       *[other] {"\u000A"}Переплата: { MONEY($overpaid) }
    }{ debt-under-way }
    { debt-data-day }
debt-penalty = { $overdue ->
    [0] {""}
   *[other] {"\u000A\u000A"}Просрочено: { MONEY($overdue) }. Если не оплатить, до { DATE($until) } добавится примерно { MONEY($added) } пеней.
}
debt-under-way = { $underWay ->
    [0] {""}
   *[other] {"\u000A"}В пути: { MONEY($underWay) } — оплачено в боте, но ещё не учтено в расчётах.{"\u000A"}{ $rest ->
        [0] Доплачивать сейчас нечего.
       *[other] <b>Осталось оплатить: { MONEY($rest) }</b>
    }
}
debt-balance = { $balance ->
    [debt] <b>К оплате: { MONEY($total) }</b>
    [overpaid] <b>Переплата: { MONEY($total) }</b>
   *[even] <b>Задолженности нет</b>
}
debt-data-day = { $dated ->
    [yes] Платежи учтены на { DATE($day) }.
   *[no] Данных о платежах пока нет.
}
