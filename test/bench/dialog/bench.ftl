bench-question = Вопрос { $step } из { $steps }: напишите слово и число.
bench-done = { $text }
