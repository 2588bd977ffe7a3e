/** A source that cannot be screened at all: one line that says why. */
export class InputError extends Error {}
