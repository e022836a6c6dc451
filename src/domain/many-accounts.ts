/** From so many accounts on they are shown as a list, and told of in one message: one each would be a wall. */
export const MANY_ACCOUNTS = 5;
/** So many of them stand in one message of news; of the others it says how many there are. */
export const LISTED_ACCOUNTS = 10;
