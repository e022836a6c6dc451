# «Задолженность», and what of it stands on an account's card.

debt-account =
    { account-title }
    { $address }

    { account-pay }{ $state ->
        [under-way] {""}
       *[other] {"\u000A"}{ debt-data-day }
    }{ debt-strayed }{ debt-penalty }{ $large ->
        [yes] {"\u000A\u000A"}{ $largeText }
       *[no] {""}
    }

    Последние начисления — за { PERIOD($period) }.{ $owedCount ->
        [0] {""}
       *[other] {"\u000A"}К оплате по квитанции:{"\u000A"}{ $services }
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
debt-not-charged =
    { account-title }
    { $address }

    { account-pay }{ debt-strayed }
debt-service = { SERVICE($service) }: { MONEY($sum) }
debt-paid-since = { $way ->
    [returned] Возвращено после этих начислений: { MONEY($sum) }
   *[paid] Оплачено после этих начислений: { MONEY($sum) }
}

# Whether anything is to be paid now, first of all.
account-pay = { $state ->
    [not-charged] Начислений по этому счёту пока нет.{ pay-under-way-line }
    [under-way] <b>Платить сейчас не нужно.</b> { $underWay ->
        [0] Вы уже заплатили.
       *[other] Ваш платёж { MONEY($underWay) } в пути: через несколько дней он появится в расчётах.
    } { $dated ->
        [yes] По данным на { DATE($day) }
       *[no] По квитанции
    } к оплате было { MONEY($total) }.
    [overpaid] <b>Переплата: { MONEY($total) }</b>. Платить не нужно.{ pay-under-way-line }
    [even] <b>Задолженности нет.</b> Платить не нужно.{ pay-under-way-line }
   *[owed] { $deducted ->
        [0] <b>К оплате: { MONEY($offer) }</b>{ pay-by-day }
       *[other] <b>Осталось оплатить: { MONEY($offer) }</b>{ pay-by-day }{"\u000A"}К оплате было { MONEY($total) }.{ pay-under-way-line }
    }
}
pay-by-day = { $over ->
    [unknown] . Срок оплаты пока не известен.
    [yes] , срок прошёл { DATE($payBy) }. Если вы уже заплатили, ничего делать не нужно: платёж учтут через несколько дней.
   *[no] {" "}до { DATE($payBy) }
}
pay-under-way-line = { $underWay ->
    [0] {""}
   *[other] {"\u000A"}В пути: { MONEY($underWay) } — оплачено в боте, но ещё не учтено в расчётах.
}

account-card =
    { account-title }
    { $address }

    { account-pay }{ $state ->
        [under-way] {""}
        [not-charged] {""}
       *[other] {"\u000A"}{ debt-data-day }
    }{ debt-strayed }
    { account-readings }
account-readings = { $readings ->
    [none] {""}
    [closed] Показания принимаем с { $opens } по { DATE($closes) }.
    [handed-in] Показания за этот месяц переданы.
   *[to-hand-in] Показания принимаем до { DATE($closes) } включительно.
}

# Several accounts in one message.
debt-page =
    <b>Задолженность</b>{ accounts-page-of }

    { debt-total }

    { $lines }

    Чтобы увидеть подробности, нажмите на счёт.
home-page =
    <b>Ваши лицевые счета</b>{ accounts-page-of }

    { debt-total }{ $metered ->
        [yes] {"\u000A"}{ $open ->
            [yes] Показания принимаем до { DATE($closes) } включительно.
           *[no] Показания принимаем с { $opens } по { DATE($closes) }.
        }
       *[no] {""}
    }

    { $lines }

    Чтобы открыть счёт, нажмите на него.
accounts-page-of = { $of ->
        [1] {""}
       *[other] , стр. { $page } из { $of }
    }
debt-total = { $rest ->
        [0] { $due ->
            [0] <b>Задолженности нет.</b> Платить не нужно.
           *[other] <b>Платить сейчас не нужно.</b>
        }
       *[other] <b>{ $deducted ->
            [0] Всего к оплате
           *[other] Осталось оплатить
        }: { MONEY($rest) }</b>{ $inTime ->
            [yes] {" "}до { DATE($payBy) }
           *[no] {""}
        }
    }{ $overpaid ->
        [0] {""}
       *[other] {"\u000A"}Переплата: { MONEY($overpaid) }
    }{ pay-under-way-line }
    { debt-data-day }
debt-line = • { account-brief }{ $closed ->
    [yes] {" "}(закрыт)
   *[no] {""}
}, { $address }: { $state ->
    [not-charged] начислений пока нет
    [owed] <b>{ MONEY($offer) }</b>{ $over ->
        [yes] , срок прошёл { DATE($payBy) }
       *[no] {""}
    }
    [overpaid] переплата { MONEY($total) }
    [under-way] платить сейчас не нужно
   *[even] долга нет
}{ $underWay ->
    [0] {""}
   *[other] , в пути { MONEY($underWay) }
}
debt-penalty = { $overdue ->
    [0] {""}
   *[other] {"\u000A\u000A"}{ $dated ->
        [yes] По данным на { DATE($day) } просрочено
       *[no] По квитанциям не оплачено в срок
    } { MONEY($overdue) }{ $penalty ->
        [0] {""}
       *[other] {" "}(без пеней)
    }.{ $added ->
        [0] {""}
       *[other] {" "}Если вы не платили, до { DATE($until) } добавится примерно { ROUBLES($added) } пеней.
    } { $penaltyEnds }
}
# Said with an estimate of a penalty that ends where its rules do.
penalty-ends = { $added ->
        [0] {""}
       *[other] За дни по { FULLDATE($day) } включительно добавится примерно { ROUBLES($added) } пеней.{" "}
    }Сколько пеней будет после { FULLDATE($day) }, сказать пока нельзя: правило их расчёта действует по этот день{ $sourced ->
        [yes] {" "}({ $source })
       *[no] {""}
    }, а новое ещё не известно.
debt-strayed = { $strayedCount ->
    [0] {""}
   *[other] {"\u000A"}{ $strayed }
}
strayed-payment = Платёж от { DATE($day) } на { MONEY($sum) } { $state ->
    [late] ещё не учтён, разбираемся.
    [held] получен, но ещё не зачислен, разбираемся.
    [unbilled] получен, но в последнюю квитанцию не вошёл: её сделали раньше. Его вычтут в следующей.
    [overdue] до сих пор не учтён, разбираемся. Из суммы к оплате он не вычтен.
   *[elsewhere] учтён на другом лицевом счёте, разбираемся. Из суммы к оплате он не вычтен.
}
strayed-more = И ещё { $more ->
    [one] { $more } такой платёж.
    [few] { $more } таких платежа.
   *[many] { $more } таких платежей.
}
debt-data-day = { $dated ->
    [yes] Платежи учтены на { DATE($day) }.
   *[no] Данных о платежах пока нет.
}
