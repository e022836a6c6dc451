# Staff in private: registry files in and out. $kind: a kind of registry; 'readings' or 'payments' where it is an export.

registry-kind = { $kind ->
        [accounts] лицевые счета
        [charges] начисления
        [payments] платежи
        [meters] счётчики
       *[reading_answers] ответ на показания
    }

# «Загрузить реестр».
registry-send =
    <b>Реестры</b>
    Пришлите файл реестра (CSV с точкой с запятой или XLSX, до { $most } МБ), можно несколько подряд: лицевые счета, начисления, платежи, счётчики, ответ на показания. Сначала файл проверяется, загружается он только после «Провести».

    Файл больше { $most } МБ положите в папку <code>registries/in</code> на сервере или загрузите командой <code>npm run import</code>.
registry-brought =
    Файл «{ $name }» принят, проверяем. Итог придёт отдельным сообщением.

    Пришлите следующий файл или нажмите «Готово».
registry-too-large =
    Файл «{ $name }» больше { $most } МБ: Telegram такие не передаёт. Разделите его на части, каждую со строкой заголовка, или положите в папку <code>registries/in</code> на сервере, или загрузите командой <code>npm run import</code>.

    Пришлите другой файл или нажмите «Готово».
registry-too-many =
    В очереди уже много ваших файлов. Дождитесь итогов и пришлите «{ $name }» ещё раз.
registry-all-sent = Итоги проверки придут сюда же.
registry-left = Отменено. Принятые файлы всё равно проверяются: итоги придут сюда же.

# What the worker says in the order's own message.
registry-progress =
    ⏳ <b>{ $name }</b>
    { $doing ->
        [checking] Проверяем
       *[applying] Проводим
    }: прочитано строк { $rows }…
registry-checked =
    🔎 <b>{ $name }</b> — { registry-kind }
    Это проверка: пока ничего не загружено.

    { registry-contents }

    { registry-counts }
    { registry-faults }
    { registry-due-differs }
    { registry-beside }
    { registry-owners-would }
    { registry-closings-would }

    { $next ->
        [apply] Если всё верно, нажмите «Провести».
        [senior] Начисления и платежи проводит старший сотрудник: перешлите файл ему.
        [senior-owners] Такой реестр проводит старший сотрудник: перешлите файл ему.
        [mend] Загружать нечего: исправьте отклонённые строки и пришлите файл снова.
       *[nothing] Загружать нечего: всё это уже есть.
    }
registry-applied =
    ✅ <b>{ $name }</b> — { registry-kind }
    Проведено: загрузка № { NO($number) }.

    { registry-contents }

    { registry-counts }
    { registry-faults }
    { registry-due-differs }
    { registry-beside }
    { registry-owners-did }
    { registry-closings-did }
registry-contents =
    { $layout ->
        [none] {""}
       *[other] Прочитано по описанию «{ $layout }».
    }
    Строк: { $read }, лицевых счетов: { $accounts }{ $span ->
        [month] , { PERIOD($from) }
        [months] , { PERIOD($from) } — { PERIOD($to) }
        [day] , { DATE($from) }
        [days] , { DATE($from) } — { DATE($to) }
       *[none] {""}
    }
    { $kind ->
        [charges] Начислено: { MONEY($charged) }, к оплате: { MONEY($due) }
        [payments] Сумма платежей: { MONEY($paid) }
       *[other] {""}
    }
registry-counts = Новых { $new }, изменённых { $changed }, без изменений { $unchanged }, отклонённых { $refused }
# Of a registry of accounts: what it does to owners and to residents' links, and which accounts it closes.
registry-owners-would = { $owners ->
        [0] {""}
       *[other] { $ownersMany ->
            [yes] ⚠️ Это много, похоже на ошибку в реестре.{" "}
           *[no] {""}
        }Владелец сменится у счетов: { $owners } (из { $ownersOf }); подключений закроется: { $links }
    }
registry-owners-did = { $owners ->
        [0] {""}
       *[other] Владелец сменился у счетов: { $owners } (из { $ownersOf }); подключений закрыто: { $links }
    }
registry-closings-would = { $closing ->
        [0] {""}
       *[other] { $closingMany ->
            [yes] ⚠️ Это много, похоже на ошибку в реестре.{" "}
           *[no] {""}
        }Закроется счетов: { $closing } (у жителей: { $closingLinked })
    }
registry-closings-did = { $closing ->
        [0] {""}
       *[other] Закрыто счетов: { $closing } (у жителей: { $closingLinked })
    }
registry-faults =
    { $refused ->
        [0] {""}
       *[other] Отклонённые строки:
    }
    { $faults }
    { $moreFaults ->
        [0] {""}
       *[other] …и ещё { $moreFaults }, все — в файле с причинами
    }
registry-fault = • строка { $line }: { $reason }
registry-due-differs = { $differs ->
        [0] {""}
       *[other] ⚠️ «К оплате» не сходится с остальными столбцами, таких строк { $differs } (первые: { $differsLines }). Берём, как в реестре.
    }
# The same under another name of the supplier or the source may be the same twice.
registry-beside = { $beside ->
        [0] {""}
       *[other] ⚠️ { $kind ->
            [payments] Уже есть платежи с тем же номером, счётом, днём и суммой из другого источника
           *[charges] Уже есть начисления за тот же период по той же услуге от другого поставщика
        }, таких строк { $beside } (первые: { $besideLines }). { $kind ->
            [payments] Если источник тот же, но написан иначе, эти деньги будут учтены дважды.
           *[charges] Если поставщик тот же, но написан иначе, эти начисления удвоятся.
        }
    }
registry-refused-rows = Отклонённые строки файла «{ $name }» с причинами: { $refused }. Исправьте их и пришлите этот файл: лишние столбцы «Строка» и «Причина» не мешают.
registry-refused =
    ⚠️ <b>{ $name }</b>
    { $refusal ->
        [gone] Telegram больше не отдаёт этот файл. Пришлите его ещё раз.
        [too-large] Файл больше 20 МБ: Telegram такие не передаёт. Положите его в папку <code>registries/in</code> на сервере или загрузите командой <code>npm run import</code>.
        [changed] Файл изменился после проверки, ничего не загружено. Проверьте его ещё раз.
        [owners] После проверки изменилось, у кого отключатся счета или сколько счетов закроется, поэтому ничего не загружено. Проверьте файл ещё раз.
        [unread] Файл не прочитан: { $why }.
        [died] Ничего не загружено: на этом файле трижды остановилась программа, больше не пробуем. Сохраните лист с таблицей как CSV с точкой с запятой и пришлите его. Если повторится, позовите оператора.
       *[broken] Не получилось: попробуйте позже. Если повторится, позовите оператора — причина есть в журнале сервера.
    }
registry-dropped =
    <b>{ $name }</b>
    Не проводим, файл забыт.

# The buttons under it.
registry-order-applying = Приняли: проведём «{ $name }». Итог — в сообщении с проверкой.
registry-order-checking = Приняли: проверим «{ $name }» ещё раз. Итог — в том же сообщении.
registry-order-dropped = Хорошо, «{ $name }» не проводим.
registry-order-check-is-old = Проверке «{ $name }» больше суток: проверяем ещё раз. Посмотрите на новый итог и нажмите «Провести».
registry-stands = { $state ->
        [applied] «{ $name }» уже проведён.
        [dropped] «{ $name }» решили не проводить. Чтобы загрузить, пришлите файл снова.
        [refused] «{ $name }» не загружен, причина — в сообщении о проверке. Пришлите файл снова.
        [checked] «{ $name }» проверен. Нажмите «Провести» под сообщением с проверкой.
       *[other] «{ $name }» уже в работе, дождитесь итога.
    }
# A file that is known neither by its header nor by its name: one of the layouts of CENTRE_FILE.
registry-layout-which = По какому описанию прочитать «{ $name }»?
registry-layout = { $name } ({ registry-kind })
registry-none = Этой проверки уже нет. Пришлите файл снова: «Загрузить реестр».
registry-senior-needed = { $kind ->
        [payments] Платежи выгружает старший сотрудник.
        [readings] Показания выгружает сотрудник.
        [owners] Реестр, по которому у многих счетов сменится владелец, счета отключатся у жителей или закроется много счетов, проводит старший сотрудник: перешлите файл ему.
        [undo] Загрузку отменяет старший сотрудник: попросите его.
       *[import] Начисления и платежи проводит старший сотрудник: перешлите файл ему.
    }

# «Отменить загрузку».
undo-import-nothing = Отменять нечего: загрузок ещё не было.
undo-import-which =
    Какую загрузку отменить? Напишите её номер. Последние:
    { $lines }
undo-import-line = № { NO($number) } — { registry-kind }, { TIME($at) }, { $name }
undo-import-sure =
    Отменить загрузку № { NO($number) }?

    Всё станет, как было до неё: новые строки уйдут, изменённые и удалённые вернутся. Файл потом можно загрузить снова.
undo-import-begun = Отменяем загрузку № { NO($number) }. Итог придёт отдельным сообщением.
undo-import-no-such = Загрузки № { NO($number) } не было. Посмотрите номер в сообщении о загрузке или в списке: «Загрузить реестр» → «Отменить загрузку».
registry-undone =
    ↩️ <b>Загрузка № { NO($number) } отменена</b> — { registry-kind }
    { registry-undone-rows }
registry-undone-rows =
    Удалено новых строк: { $removed }, возвращено прежних: { $restored }{ $links ->
        [0] {""}
       *[other] , снова подключено у жителей: { $links }
    }
registry-not-undone =
    ⚠️ <b>Загрузка № { NO($number) } не отменена</b>
    { $why ->
        [none] Такой загрузки не было.
        [already] Она уже отменена.
        [too-old] Она старше 60 дней или была до того, как загрузки стало можно отменять: прежних данных уже нет. Загрузите исправленный файл.
        [rests] На ней держится загрузка № { NO($on) }: сначала отмените её.
        [in-use] Новым счётом { $on } уже пользуются жители или сотрудники. Загрузите исправленный файл.
        [linked-since] Счёт { $on } уже подключил житель при новом владельце. Загрузите исправленный файл.
       *[broken] Не получилось: попробуйте позже. Если повторится, позовите оператора — причина есть в журнале сервера.
    }

# Exports.
export-begun = { $kind ->
        [readings] Выгружаем показания, файл придёт сюда.
       *[payments] Выгружаем платежи, файл придёт сюда.
    }
export-made =
    { $kind ->
        [readings] Показания
       *[payments] Платежи
    }: выгрузка № { NO($number) }, сделана { TIME($at) }, строк { $rows }. Получить её ещё раз: «Загрузить реестр» → «Выгрузить ещё раз», номер { NO($number) }.
export-nothing = { $kind ->
        [readings] Новых показаний нет: всё уже выгружено.
       *[payments] Новых платежей нет: всё уже выгружено.
    }
export-broken = ⚠️ { $kind ->
        [readings] Показания выгрузить
       *[payments] Платежи выгрузить
    } не получилось, ничего не помечено выгруженным. Попробуйте ещё раз.
export-again-which = Какую выгрузку повторить?
export-again-number =
    Номер выгрузки { $kind ->
        [readings] показаний
       *[payments] платежей
    }? Последняя — № { NO($last) }.
export-no-such = Выгрузки № { NO($number) } нет: последняя — № { NO($last) }.

# To the group. $by: the colleague, 'empty' where the file came from the folder.
staff-registry-taken =
    📥 <b>Загружен реестр: { registry-kind }</b>
    № { NO($number) }, { $name }: строк { $read }, новых { $new }, изменённых { $changed }, отклонённых { $refused }{ $owners ->
        [0] {""}
       *[other] {"\u000A"}{ registry-owners-did }
    }
    { $by ->
        [empty] Файл взят из папки <code>registries/in</code>.
       *[other] Провёл сотрудник: { $by }
    }
staff-registry-taken-closing =
    { staff-registry-taken }
    { registry-closings-did }
staff-registry-taken-beside =
    { staff-registry-taken }
    { registry-beside }
staff-registry-unread =
    ⚠️ <b>Файл из папки <code>registries/in</code> не загружен</b>
    { $name }: { $why }. Он лежит в папке <code>registries/refused</code>.{ $layouts ->
        [yes] {" "}Если это файл банка или поставщика, пришлите его боту: «Загрузить реестр» → «Выбрать описание».
       *[no] {""}
    }
# It can neither be taken in nor put away: the folder does not let it go.
staff-registry-stuck =
    ⚠️ <b>Файл из папки <code>registries/in</code> не загружен и не убирается</b>
    { $name }: бот много раз пробовал переложить его, и не получается ({ $why }). Позовите оператора: причина есть в журнале сервера.
staff-registry-stuck-taken =
    ⚠️ <b>Загруженный файл не убирается из папки <code>registries</code></b>
    { $name } загружен, но в папку <code>registries/done</code> не перекладывается ({ $why }). Второй раз бот его не загрузит, но другой файл с этим именем пока не возьмёт. Позовите оператора: причина есть в журнале сервера.
# An export by its schedule is made, and its file cannot be written.
staff-export-unwritten =
    ⚠️ <b>{ $kind ->
        [readings] Выгрузка показаний
       *[payments] Выгрузка платежей
    } № { NO($number) } не записана в папку <code>registries/out</code></b>
    Причина: { $why }. Строк: { $rows }, они сохранены и помечены выгруженными. Бот будет повторять запись, пока не получится. Если файл нужен сейчас: «Загрузить реестр» → «Выгрузить ещё раз», номер { NO($number) }.
# What a colleague ($by) asked for in private, and of which nothing could be brought there.
staff-export-unhanded =
    ⚠️ <b>{ $kind ->
        [readings] Выгрузка показаний
       *[payments] Выгрузка платежей
    } № { NO($number) } не передана</b>
    Файл не дошёл до того, кто его запросил ({ $by }). Строк: { $rows }, они помечены выгруженными и в следующую выгрузку не попадут. Возьмите файл: «Загрузить реестр» → «Выгрузить ещё раз», номер { NO($number) }.
staff-order-untold =
    ⚠️ <b>{ $outcome ->
        [readings] Показания не выгружены
        [payments] Платежи не выгружены
        [undo] Загрузка № { NO($number) } не отменена
        [checked] Файл «{ $name }» проверен
        [rows] Файл «{ $name }» загружен не весь
       *[import] Файл «{ $name }» не загружен
    }</b>
    Ответ тому, кто об этом просил ({ $by }), не дошёл или дошёл не целиком. { $outcome ->
        [readings] Ничего не помечено выгруженным. Выгрузите их ещё раз: «Загрузить реестр» → «Выгрузить показания».
        [payments] Ничего не помечено выгруженным. Выгрузите их ещё раз: «Загрузить реестр» → «Выгрузить платежи».
        [undo] Данные остались, как были. Попробуйте ещё раз: «Загрузить реестр» → «Отменить загрузку».
        [checked] По этому файлу пока ничего не загружено. Чтобы увидеть итог, пришлите его ещё раз: «Загрузить реестр».
        [rows] Загрузка № { NO($number) }, отклонённых строк: { $refused }. Чтобы получить их с причинами, пришлите файл ещё раз: «Загрузить реестр».
       *[import] Ничего не загружено. Пришлите его ещё раз: «Загрузить реестр».
    }
staff-registry-held =
    ⚠️ <b>Файл из папки <code>registries/in</code> не загружен</b>
    { $name }: владелец сменится у счетов: { $changed } (из { $of }); подключений закроется: { $links }. Это много, похоже на ошибку в реестре. Файл лежит в папке <code>registries/refused</code>.

    Если всё верно, пусть старший сотрудник пришлёт его боту («Загрузить реестр») или оператор загрузит командой с <code>--owners-changed</code>.
staff-registry-held-closing =
    ⚠️ <b>Файл из папки <code>registries/in</code> не загружен</b>
    { $name }: закроется счетов: { $closing } (у жителей: { $closingLinked }){ $changed ->
        [0] {""}
       *[other] ; владелец сменится у счетов: { $changed } (из { $of }), подключений закроется: { $links }
    }. Это много, похоже на ошибку в реестре. Файл лежит в папке <code>registries/refused</code>.

    Если всё верно, пусть старший сотрудник пришлёт его боту («Загрузить реестр») или оператор загрузит командой с <code>{ $flags }</code>.
staff-registry-undone =
    ↩️ <b>Загрузка № { NO($number) } отменена: { registry-kind }</b>
    { $name }. { registry-undone-rows }
    { $by ->
        [empty] Отменил оператор.
       *[other] Отменил сотрудник: { $by }
    }
