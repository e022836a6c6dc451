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
    }{ $paidSinceCount ->
        [0] {""}
       *[other] {"\u000A\u000A"}{ $paidSince }
    }

    { debt-balance }{ debt-under-way }{ debt-strayed }
    { debt-data-day }{ debt-penalty }
debt-not-charged =
    { account-title }
    { $address }

    Начислений по этому счёту пока нет.{ debt-under-way }{ debt-strayed }
debt-paid-since = { $way ->
    [returned] Возвращено после этих начислений: { MONEY($sum) }
   *[paid] Оплачено после этих начислений: { MONEY($sum) }
}
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
# Many accounts: a page of the list.
debt-page =
    <b>Задолженность</b>{ $of ->
        [1] {""}
       *[other] , стр. { $page } из { $of }
    }

    { $lines }

    { debt-total }

    Чтобы открыть счёт, нажмите на него.
debt-line = • { account-brief }, { $address }: { $charged ->
    [no] начислений пока нет
   *[yes] { $balance ->
        [debt] <b>{ MONEY($total) }</b>
        [overpaid] переплата { MONEY($total) }
       *[even] долга нет
    }{ $underWay ->
        [0] {""}
       *[other] , в пути { MONEY($underWay) }
    }
}
debt-penalty = { $overdue ->
    [0] {""}
   *[other] {"\u000A\u000A"}Просрочено: { MONEY($overdue) }.{ $added ->
        [0] {""}
       *[other] {" "}Если не оплатить, до { DATE($until) } добавится примерно { MONEY($added) } пеней.
    } { $penaltyEnds }
}
# Said with an estimate of a penalty that ends where its rules do.
penalty-ends = { $added ->
        [0] {""}
       *[other] За дни по { FULLDATE($day) } включительно добавится примерно { MONEY($added) } пеней.{" "}
    }Сколько пеней будет после { FULLDATE($day) }, сказать пока нельзя: правило их расчёта действует по этот день{ $sourced ->
        [yes] {" "}({ $source })
       *[no] {""}
    }, а новое ещё не известно.
debt-under-way = { $underWay ->
    [0] {""}
   *[other] {"\u000A"}В пути: { MONEY($underWay) } — оплачено в боте, но ещё не учтено в расчётах.{"\u000A"}{ $rest ->
        [0] Доплачивать сейчас нечего.
       *[other] <b>Осталось оплатить: { MONEY($rest) }</b>
    }
}
debt-strayed = { $strayedCount ->
    [0] {""}
   *[other] {"\u000A"}{ $strayed }
}
strayed-payment = Платёж от { DATE($day) } на { MONEY($sum) } { $state ->
    [late] ещё не учтён, разбираемся.
    [overdue] до сих пор не учтён, разбираемся. Из суммы к оплате он не вычтен.
   *[elsewhere] учтён на другом лицевом счёте, разбираемся. Из суммы к оплате он не вычтен.
}
strayed-more = И ещё { $more ->
    [one] { $more } такой платёж.
    [few] { $more } таких платежа.
   *[many] { $more } таких платежей.
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
