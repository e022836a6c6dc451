# «Передать показания счётчиков» and «Мои показания».

meter-title = <b>{ $service }{ $zoned ->
    [yes] , { ZONE($scale) }
   *[no] {""}
}</b>, счётчик №{"\u00A0"}<code>{ NO($number) }</code>
meter-name = { $service }{ $zoned ->
    [yes] , { ZONE($scale) }
   *[no] {""}
}
meter-label = { meter-name }{ $alike ->
    [yes] {" "}№ { NO($number) }
   *[no] {""}
} · { $value }
meter-line = • { $service }{ $zoned ->
    [yes] , { ZONE($scale) }
   *[no] {""}
}, №{"\u00A0"}{ NO($number) }: <b>{ $value }</b>{ $compared ->
    [yes] {" "}(расход { $used })
   *[no] {""}
}
meter-line-of-other = { meter-line }, передано другим жителем

readings-which-account =
    По какому лицевому счёту передать показания?

    { $accounts }
readings-list =
    { account-title }

    { $again ->
        [yes] Показания, которые не взяли в расчёт, можно передать ещё раз.{" "}
       *[no] {""}
    }{ $already ->
        [0] Напишите { $count ->
            [one] { $count } показание
            [few] { $count } показания
           *[many] { $count } показаний
        } одним сообщением
       *[other] { $by ->
            [you] Часть показаний вы уже передали. Осталось { readings-how-many }: напишите их одним сообщением
            [other] Часть показаний уже передал другой житель. Осталось { readings-how-many }: напишите их одним сообщением
           *[mixed] Часть показаний уже передана. Осталось { readings-how-many }: напишите их одним сообщением
        }
    }, по порядку, каждое с новой строки. Принимаем до { DATE($closes) } включительно.

    { $lines }

    { $overdueCount ->
        [0] {""}
        [1] ⚠️ Пока счётчик с истёкшим сроком не поверят или не заменят, его показания не учитываются. { readings-verified } Показание мы примем и сейчас.
       *[other] ⚠️ Пока счётчики с истёкшим сроком не поверят или не заменят, их показания не учитываются. { readings-verified } Показания мы примем и сейчас.
    }

    { $guest ->
        [yes] Прошлые показания видны только тем, кто подключил этот счёт в личном кабинете.
       *[no] {""}
    }

    Можно и с названиями («холодная 123, горячая 45»), по одному или прислать фото счётчика.
readings-how-many = { $count ->
    [one] { $count } показание
    [few] { $count } показания
   *[many] { $count } показаний
}
readings-wanted = { $at }. { meter-name }, №{"\u00A0"}{ NO($number) }{ $known ->
    [yes] , было <b>{ $last }</b>{ readings-last-day }
   *[no] {""}
}{ $unverified ->
    [yes] . ⚠️ Срок поверки закончился { DATE($overdue) }
   *[no] {""}
}
readings-accepted = { $accepted ->
    [0] {""}
   *[other] ✅ Принято:
}
readings-meter =
    { $accepted ->
        [0] {""}
       *[other] { readings-accepted }
    }
    { $lines }

    { $first ->
        [yes] { account-title }
       *[no] {""}
    }

    { $of ->
        [1] {""}
       *[other] { $at } из { $of }.{" "}
    }{ meter-title }
    { $known ->
        [yes] Прошлое показание: <b>{ $last }</b>{ readings-last-day }.
       *[no] {""}
    }
    { readings-handed }
    { readings-overdue }

    Напишите, что счётчик показывает сейчас{ $known ->
        [yes] {""}
       *[no] , например: <code>123,456</code>
    }, или пришлите фото с показанием в подписи.
    { $first ->
        [yes] { readings-first }
       *[no] {""}
    }
readings-first = { $again ->
    [yes] Показание, которое не взяли в расчёт, можно передать ещё раз.{" "}
   *[no] {""}
}Принимаем до { DATE($closes) } включительно.{ $guest ->
    [yes] {" "}Прошлые показания видны только тем, кто подключил этот счёт в личном кабинете.
   *[no] {""}
}
readings-photo-value =
    📷 Фото получили, сохраним его с показанием. Теперь напишите само показание цифрами.
# The photo was promised to be kept, and no reading came to it.
readings-photo-dropped = Фото без показания мы не сохранили. Его можно прислать ещё раз, с показанием в подписи.
readings-either = Не уверены, как прочитать: это одно показание или несколько?
readings-write-us =
    Сотрудникам мы напишем:

    <blockquote>{ $about }</blockquote>

    Допишите, что случилось: например, счётчик заменили или прошлое показание неверное. Можно с фото.
readings-about-meter = Счётчик: { meter-name }, № { NO($number) }. { $known ->
    [yes] Прошлое показание: { $last }{ readings-last-day }.
   *[no] {""}
} Сейчас на счётчике: { $value }.
readings-last-day = { $dated ->
    [no] {""}
   *[yes] {" "}({ DATE($lastDay) })
}
readings-handed = { $handed ->
    [no] {""}
    [other] Другой житель уже передал: <b>{ $given }</b>. Новое показание его заменит.
   *[yes] Вы уже передали: <b>{ $given }</b>. Новое показание его заменит.
}
readings-verified = Если поверка уже сделана, приносить документ не нужно: её учитывают по записи в ФГИС «Аршин». Если запись там есть, а срок здесь прежний, напишите нам в разделе «Обратная связь».
readings-overdue = { $unverified ->
    [no] {""}
   *[yes] ⚠️ Срок поверки закончился { DATE($overdue) }. Пока счётчик не поверят или не заменят, его показания не учитываются. { readings-verified } Показание мы примем и сейчас.
}
readings-digits =
    { meter-title }

    Вы написали: <b>{ $value }</b>. Это больше цифр, чем на счётчике: до запятой у него { $digits ->
        [one] { $digits } цифра
        [few] { $digits } цифры
       *[many] { $digits } цифр
    }. Цифры в красной рамке или после запятой — дробная часть, отделите её запятой.

    Напишите показание ещё раз.
readings-lower =
    { meter-title }

    Вы написали: <b>{ $value }</b>. Это меньше прошлого показания: <b>{ $last }</b>{ readings-last-day }. Проверьте номер счётчика и цифры и напишите показание ещё раз.

    Если счётчик заменили или прошлое показание неверное, нажмите «Написать нам»: номер счётчика и показания мы подставим.
readings-rollover =
    { meter-title }

    Было <b>{ $last }</b>, стало <b>{ $value }</b>. Похоже, счётчик дошёл до конца и начал сначала. Тогда расход — <b>{ $used }</b>. Это так?
readings-high =
    { meter-title }

    Было <b>{ $last }</b>, стало <b>{ $value }</b>: расход <b>{ $used }</b>, это намного больше обычного. Проверьте, пожалуйста, цифры и запятую. Показание верное?
readings-check =
    Вы написали { $count ->
        [one] { $count } показание
        [few] { $count } показания
       *[many] { $count } показаний
    } из { $of }. По порядку это:

    { $lines }

    Так? Если нет, напишите с названиями: «холодная 123, горячая 45».
readings-given =
    { account-title }

    { $by ->
        [you] Вы уже передали:
        [other] Другой житель уже передал:
       *[mixed] Уже передано:
    }
    { $lines }

    { $count ->
        [1] Чтобы исправить, напишите верное показание.
       *[other] Чтобы исправить, нажмите кнопку или напишите верное показание с названием («холодная 123») либо все сразу.
    } Это можно до { DATE($closes) } включительно.
readings-which-meter = Какое показание исправить?
readings-taken =
    ✅ Показания приняты

    { account-title }
    { $lines }

    { $left ->
        [0] {""}
        [one] Осталось передать ещё { $left } показание.
        [few] Осталось передать ещё { $left } показания.
       *[many] Осталось передать ещё { $left } показаний.
    }

    { $guest ->
        [yes] Показания переданы без входа в личный кабинет, поэтому перед расчётом их проверят. Если показания передаст житель, который подключил этот счёт, в расчёт пойдут его. Исправить свои можно до { DATE($closes) } включительно.
       *[no] Исправить их можно до { DATE($closes) } включительно. Мы передадим их в расчёт, а что с ними стало, видно в разделе «Мои показания».
    }
readings-given-meanwhile =
    Пока вы отвечали, другой житель с этим счётом передал:
    { $lines }

    { $count ->
        [1] Заменить его показание вашим?
       *[other] Заменить его показания вашими?
    }
readings-left = Хорошо, остаются показания другого жителя.
# Where the chapter is left before its end; the second and the third where a reading that was typed is still asked about.
readings-left-off = Отменено. Принятые показания остаются, остальные можно передать позже.
readings-unsettled = Отменено. Показание, о котором мы переспросили, не передано. Передать показания можно позже.
readings-left-off-unsettled = Отменено. Показание, о котором мы переспросили, не передано. Принятые раньше остаются.
# The same where a photo was to be kept with the reading.
readings-photo-left = Отменено. Показание не передано, фото не сохранили. Передать их можно позже.
readings-photo-left-off = Отменено. Принятые показания остаются, фото без показания не сохранили. Остальное можно передать позже.
readings-photo-unsettled = Отменено. Показание, о котором мы переспросили, не передано, фото не сохранили. Передать их можно позже.
readings-photo-left-off-unsettled = Отменено. Показание, о котором мы переспросили, не передано, фото не сохранили. Принятые раньше остаются.
readings-as-before = Хорошо, показания остаются прежними.
readings-nothing = Ни одного показания вы не передали. Чтобы передать их, нажмите кнопку.
readings-changed = Пока вы отвечали, данные о счётчиках обновились, поэтому показания не приняты. Передайте их, пожалуйста, ещё раз.
readings-window-closed =
    { $meanwhile ->
        [yes] Пока вы отвечали, приём показаний закончился, и { $taken ->
            [0] эти показания не приняты
           *[other] последнее показание не принято; принятые раньше остаются
        }.
       *[no] Сейчас показания не принимаются.
    }

    Приём откроется { DATE($opens) } и продлится до { DATE($closes) } включительно. Если ждать нельзя, напишите нам.
late-reading =
    { account-title }

    Приём показаний откроется { DATE($opens) }. Пока он закрыт, бот показания не принимает, но их можно написать сотрудникам: они ответят, можно ли их учесть.

    { $lines }

    Напишите, что показывает счётчик и почему ждать нельзя: например, вы уезжаете или счётчик меняют. Можно с фото. Номера счётчиков мы подставим.
# What staff read above the person's own words.
late-reading-about =
    Показания вне срока приёма. Лицевой счёт { $account }.
    { $lines }
late-reading-value = • { meter-name }, № { NO($number) }: { $value }
late-reading-meter = • { meter-name }, № { NO($number) }{ $known ->
    [yes] , было { $last }{ readings-last-day }
   *[no] {""}
}
readings-account-closed =
    { account-title }

    Этот счёт закрыт, показания по нему не принимаются. Если это ошибка, напишите нам.
readings-no-meters =
    { account-title }

    Счётчиков по этому счёту у нас нет. Если счётчик установлен, принесите документы на него в пункт приёма платежей или напишите нам.

my-readings-which-account =
    Показания по какому лицевому счёту показать?

    { $accounts }
my-readings =
    { account-title }{ month-of-nothing }
    Показания за { PERIOD($period) }
    { $lines }

    { $used ->
        [0] {""}
       *[other] <b>Расход по месяцам</b>
    }
    { $uses }
my-readings-use = • { meter-name }, №{"\u00A0"}{ NO($number) }: { $months }
my-readings-line = • { meter-name }, №{"\u00A0"}{ NO($number) }: <b>{ $value }</b>{ $compared ->
    [yes] {" "}(расход { $used })
   *[no] {""}
}
my-readings-way =
    <i>{ DATE($day) }, { $by ->
        [you] передали вы
        [you-as-guest] передали вы без входа в кабинет
        [guest] передал гость, без входа в кабинет
       *[resident] передал другой житель с этим счётом
    }. { $state ->
        [taken] { $count ->
            [1] Принято, в расчёт ещё не отправлено.
           *[other] Приняты, в расчёт ещё не отправлены.
        }
        [exported] { $count ->
            [1] Отправлено в расчёт.
           *[other] Отправлены в расчёт.
        }
        [accepted] ✅ { $count ->
            [1] Учтено в расчёте.
           *[other] Учтены в расчёте.
        }
        [refused] ❌ { $count ->
            [1] Не учтено
           *[other] Не учтены
        }{ $explained ->
            [yes] : { $reason }
           *[no] {""}
        }.
        [unchecked] На проверке.
       *[not-needed] { $count ->
            [1] Не понадобилось: показание
           *[other] Не понадобились: показания
        } передал житель с этим счётом.
    }</i>
my-readings-none =
    { account-title }

    По этому счёту показания через бот ещё не передавали.

reading-photo-which = К какому показанию приложить фото?
reading-photo =
    { meter-title }

    Пришлите фото счётчика: чтобы были видны его номер и цифры.
reading-photo-more = Фото получено. Можно прислать ещё одно или нажать «Готово».
reading-photo-left = Отменено. Фото, которые вы уже прислали, сохранены.
reading-photo-kept = { $kept ->
    [1] Фото сохранено.
   *[other] Сохранено фото: { $kept }.
} Сотрудники посмотрят, если по показанию будут вопросы.
reading-photo-enough = К этому показанию уже приложено пять фото, больше не нужно.
reading-photo-silenced = Показание принято, а фото мы не сохранили: сотрудники закрыли переписку с вами. Если по показанию будут вопросы, позвоните или зайдите в пункт приёма платежей: телефоны и адреса — в разделе «Контакты».
# $lost: how many of those that were sent just now are not kept.
reading-photo-enough-today =
    Показание принято, а { $lost ->
        [1] последнее фото
       *[other] последние { $lost } фото
    } мы не сохранили: за сутки их уже очень много. Остальные фото, которые вы прислали раньше, сохранены. Следующее примем { TIME($until) }.
# A reading that is corrected has the photos of its former value, too.
readings-photo-full = Показание приняли, а фото сохранили не все: к одному показанию прикладывается не больше пяти. Если новое фото важно, пришлите его в разделе «Обратная связь».
# $why: `enough`, `enough-today` or `silenced`.
reading-album-not-kept =
    Показание принято, а остальные фото мы не сохранили: { $why ->
        [enough] к одному показанию прикладывается не больше пяти.
        [enough-today] за сутки их уже очень много. Следующее примем { TIME($until) }.
       *[silenced] сотрудники закрыли переписку с вами. Если по показанию будут вопросы, позвоните: телефоны — в разделе «Контакты».
    }
reading-photo-none = Фото можно приложить к показанию в течение недели после того, как вы его передали. Таких показаний сейчас нет.

# What billing answered, as those who handed it in are told.
notice-reading = • { $service }{ $zoned ->
    [yes] , { ZONE($scale) }
   *[no] {""}
}{ $explained ->
    [yes] : { $reason }
   *[no] {""}
}
notice-readings-accepted =
    ✅ Показания по лицевому счёту <code>{ $account }</code> учтены в расчёте:
    { $lines }
notice-readings-account = • <code>{ $account }</code>: { $count ->
    [one] { $count } показание
    [few] { $count } показания
   *[many] { $count } показаний
}{ $explained ->
    [yes] {" "}({ $reasons })
   *[no] {""}
}
notice-readings-accepted-many =
    ✅ Показания учтены в расчёте. Лицевых счетов: { $accountCount }
    { $lines }
    { news-more-accounts }
notice-readings-refused-many =
    ❌ Показания в расчёт не взяли. Лицевых счетов: { $accountCount }
    { $lines }
    { news-more-accounts }

    Проверьте счётчики и передайте показания ещё раз: нажмите «Передать показания счётчиков», бот скажет, до какого дня их примут. Если всё верно, позвоните нам: телефоны — в разделе «Контакты» (/contacts).
notice-account-closed =
    🔔 Лицевой счёт <code>{ $account }</code> закрыт: так сказано в наших данных. Показания по нему больше не принимаются, а начисления и платежи остаются видны в кабинете.

    Если это ошибка, напишите нам.
notice-account-closed-signed-out = 🔔 Один из ваших лицевых счетов закрыт. Войдите в кабинет, чтобы узнать какой.
notice-readings-refused-late-many =
    ❌ Показания в расчёт не взяли. Лицевых счетов: { $accountCount }
    { $lines }
    { news-more-accounts }

    Передать их через бот ещё раз сейчас нельзя. Если показания верные или счётчики заменили, нажмите «Написать нам».
# Of five accounts on: each of the first ones a line.
notice-account-line = • <code>{ $account }</code>
notice-account-closed-many =
    🔔 Закрыты лицевые счета: { $accountCount }. Так сказано в наших данных.

    { $lines }
    { news-more-accounts }

    Показания по ним больше не принимаются, а начисления и платежи остаются видны в кабинете.

    Если это ошибка, напишите нам.
notice-account-closed-many-signed-out = 🔔 Несколько ваших лицевых счетов закрыты. Войдите в кабинет, чтобы узнать какие.
notice-account-reopened-many =
    🔔 Снова открыты лицевые счета: { $accountCount }. Мы писали, что они закрыты: это была ошибка в наших данных, её исправили.

    { $lines }
    { news-more-accounts }

    Показания по ним снова принимаются.
notice-account-reopened-many-signed-out = 🔔 Лицевые счета, о закрытии которых мы писали, снова открыты: это была ошибка, её исправили. Войдите в кабинет, чтобы узнать какие.
notice-account-reopened =
    🔔 Лицевой счёт <code>{ $account }</code> снова открыт. Мы писали, что он закрыт: это была ошибка в наших данных, её исправили. Показания по нему снова принимаются.
notice-account-reopened-signed-out = 🔔 Лицевой счёт, о закрытии которого мы писали, снова открыт: это была ошибка, её исправили. Войдите в кабинет, чтобы узнать какой.
notice-meter-replaced =
    🔔 По лицевому счёту <code>{ $account }</code> счётчик №{"\u00A0"}{ NO($number) } ({ $service }) заменён или снят: так сказано в наших данных.

    Его показание, которое уже передано ({ $values }), уйдёт в расчёт как последнее. Если стоит новый счётчик, передайте показание и по нему.
# The same of a meter with zones, which are called as on its display.
notice-meter-replaced-zones =
    🔔 По лицевому счёту <code>{ $account }</code> счётчик №{"\u00A0"}{ NO($number) } ({ $service }) заменён или снят: так сказано в наших данных.

    Показания, которые по нему уже переданы, уйдут в расчёт как последние:
    { $values }

    Если стоит новый счётчик, передайте показания и по нему.
notice-meter-replaced-zone = • { ZONE($scale) }: <b>{ $value }</b>
notice-meter-replaced-signed-out = 🔔 Один из счётчиков по вашему лицевому счёту заменён или снят. Войдите в кабинет, чтобы узнать подробности.
# Of meters of many accounts: each of the first ones a line, its zones below it.
notice-meter-replaced-many =
    🔔 Счётчики заменены или сняты: { $count }. Так сказано в наших данных.

    { $lines }
    { news-more-meters }

    Показания, которые по ним уже переданы, уйдут в расчёт как последние. Если стоят новые счётчики, передайте показания и по ним.
notice-meter-replaced-line = • <code>{ $account }</code>: { $service }, №{"\u00A0"}{ NO($number) }: { $values }
notice-meter-replaced-line-zones =
    • <code>{ $account }</code>: { $service }, №{"\u00A0"}{ NO($number) }
    { $values }
notice-meter-replaced-line-zone = — { ZONE($scale) }: { $value }
notice-meter-replaced-many-signed-out = 🔔 Несколько счётчиков по вашим лицевым счетам заменены или сняты. Войдите в кабинет, чтобы узнать подробности.
notice-meter-back-many =
    🔔 Снова числятся счётчики: { $count }. Мы писали, что они заменены или сняты: это была ошибка в наших данных, её исправили. Показания, которые по ним переданы, остаются.

    { $lines }
    { news-more-meters }
notice-meter-back-line = • <code>{ $account }</code>: №{"\u00A0"}{ NO($number) }
notice-meter-back-many-signed-out = 🔔 Счётчики, о замене которых мы писали, снова числятся по вашим лицевым счетам: это была ошибка, её исправили. Войдите в кабинет, чтобы узнать подробности.
notice-meter-back =
    🔔 По лицевому счёту <code>{ $account }</code> снова числится счётчик №{"\u00A0"}{ NO($number) }. Мы писали, что он заменён или снят: это была ошибка в наших данных, её исправили. Показание, которое по нему передано, остаётся.
notice-meter-back-signed-out = 🔔 Счётчик, о замене которого мы писали, снова числится по вашему лицевому счёту: это была ошибка, её исправили. Войдите в кабинет, чтобы узнать подробности.
notice-readings-accepted-signed-out = ✅ Ваши показания счётчиков учтены в расчёте. Войдите в кабинет, чтобы посмотреть какие.
notice-readings-refused =
    ❌ Показания по лицевому счёту <code>{ $account }</code> в расчёт не взяли:
    { $lines }

    Проверьте счётчик и передайте показание ещё раз: нажмите «Передать показания счётчиков», бот скажет, до какого дня его примут. Если всё верно, позвоните нам: телефоны — в разделе «Контакты» (/contacts).
# The same where they may not come again: the month is over, or the meter is gone.
notice-readings-refused-late =
    ❌ Показания по лицевому счёту <code>{ $account }</code> в расчёт не взяли:
    { $lines }

    Передать их через бот ещё раз сейчас нельзя. Если показание верное или счётчик заменили, нажмите «Написать нам».
notice-readings-refused-signed-out = ❌ Ваши показания счётчиков в расчёт не взяли. Войдите в кабинет, чтобы узнать почему и что делать дальше.
