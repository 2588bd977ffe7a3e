/** Id of the field of a JSON pointer. */
export const fieldId = (pointer: string) => `f${pointer.replaceAll('/', '-')}`
