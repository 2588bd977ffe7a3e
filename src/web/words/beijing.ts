// Swedish writes dates as ISO does.
const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** An instant as the clock in Beijing shows it, 2026-11-24 10:05:30; what is none stays as it is. */
export function beijing(at: string): string {
  const time = Date.parse(at)
  return Number.isNaN(time) ? at : CLOCK.format(time)
}
