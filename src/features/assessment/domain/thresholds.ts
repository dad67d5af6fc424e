/**
 * From how many people a figure may be told. Under them a mean and its spread together give single answers away: a statement's full
 * list of answers in 41 of 100 cases at five people, in none at ten.
 */
export const SPREAD_FROM = 5;
export const DETAIL_FROM = 10;
