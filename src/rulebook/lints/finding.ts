/** Something in a rulebook that loads, and that a lawyer would still ask about. */
export interface Finding {
  /** What is asked about and where: the name of the lint, then ids. A waiver repeats it. */
  readonly id: string
  readonly reason: string
}
