# Why an answer does not fit and what would: `problem-<message of the schema>`.

problem-account-number = Номер лицевого счёта — это 5–20 цифр, он напечатан в квитанции сверху. Напишите его цифрами, например: <code>0012345</code>.
