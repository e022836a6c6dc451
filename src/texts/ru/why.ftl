# «Почему столько?».

why-account =
    По какому счёту показать?

    { $accounts }
why-never-charged =
    { account-title }

    Начислений по этому счёту пока нет, сравнивать нечего. Когда они появятся, вы увидите их в разделе «Задолженность».
why-explained =
    { account-title }{ month-of-nothing }

    За { PERIOD($period) } начислено{ $withPenalty ->
        [yes] {" "}с пенями
       *[no] {""}
    } <b>{ MONEY($month) }</b>{ $compared ->
        [more] : на { MONEY($size) } больше, чем за { PERIOD($before) } ({ MONEY($monthBefore) }).
        [less] : на { MONEY($size) } меньше, чем за { PERIOD($before) } ({ MONEY($monthBefore) }).
        [same] : столько же, сколько за { PERIOD($before) }.
       *[first] . Сравнить не с чем: это первый месяц, за который у нас есть начисления по этому счёту.
    }{ $changed ->
        [yes] {"\u000A\u000A"}{ $main }{"\u000A\u000A"}<blockquote expandable>{ $services }</blockquote>
       *[no] { $compared ->
            [same] {" "}По услугам тоже ничего не изменилось.
           *[other] {""}
        }
    }

    { $carriedHow ->
        [debt] С прошлых месяцев осталось неоплаченным { MONEY($carried) }.
        [overpaid] Переплата прошлых месяцев — { MONEY($carried) }.
       *[none] {""}
    }
    { $balance ->
        [debt] <b>К оплате по квитанции за { PERIOD($period) }: { MONEY($due) }</b>
        [overpaid] <b>Переплата по квитанции за { PERIOD($period) }: { MONEY($due) }</b>
       *[even] <b>К оплате по квитанции за { PERIOD($period) } ничего нет</b>
    }

    { $penalty }
# What moved the sum most, in one sentence.
why-main = <b>Главное:</b> { $what ->
    [new] начали начислять «{ SERVICE($service) }»
    [gone] перестали начислять «{ SERVICE($service) }»
    [volume] «{ SERVICE($service) }» — { $way ->
        [more] расход больше
       *[less] расход меньше
    }
    [tariff] «{ SERVICE($service) }» — { $way ->
        [more] тариф вырос
       *[less] тариф снизился
    }
    [recalculation] «{ SERVICE($service) }» — перерасчёт
    [benefit] «{ SERVICE($service) }» — изменилась льгота
    [penalty] пени
   *[charge] «{ SERVICE($service) }»
}, { why-change }.
why-service = <b>{ SERVICE($service) }</b>: { why-change }
why-all-penalty = <b>Пени по всем услугам</b>: { why-change } ({ MONEY($is) } вместо { MONEY($was) })
why-change = { $way ->
    [more] +{ MONEY($sum) }
    [less] −{ MONEY($sum) }
   *[same] сумма та же
}
why-part = { $alone ->
    [yes] {""}
   *[no] : { why-change }
}
why-by-new = · за { PERIOD($before) } не начислялось{ $known ->
        [yes] , теперь { $volume } по { $tariff }
       *[no] {""}
    }{ why-part }
why-by-gone = · за { PERIOD($period) } не начислено{ why-part }
why-by-volume = · объём на { $by } { $way ->
        [less] меньше
       *[more] больше
    } ({ $to } вместо { $from }){ why-part }
why-by-tariff = · тариф { $way ->
        [less] снизился
       *[more] вырос
    } с { $from } до { $to }{ $per ->
        [yes] {" "}за { $unit }
       *[no] {""}
    }{ why-part }
why-by-charge = · начислено { $way ->
        [less] меньше
       *[more] больше
    }{ why-part }
why-by-recalculation = · { $state ->
        [over] перерасчёта, как за { PERIOD($before) } ({ MONEY($was) }), больше нет
        [other] перерасчёт { MONEY($is) } вместо { MONEY($was) }
       *[new] перерасчёт
    }{ $grounded ->
        [yes] {" "}({ $grounds })
       *[no] {""}
    }{ why-part }
why-by-benefit = · льгота { MONEY($is) } вместо { MONEY($was) }{ why-part }
why-penalty = Если ничего не платить, до { DATE($until) } добавится примерно { ROUBLES($added) } пеней. Это оценка, точная сумма будет в квитанции.
why-penalty-steps =
    Пени — это часть неоплаченного за каждый день после срока оплаты:
    { $steps }
why-penalty-step = · с { $day }-го дня — 1/{ $divisor } от { $percent } %
