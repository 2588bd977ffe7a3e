import { Button, TextInput } from '@mantine/core'
import { quantity } from '../answer/quantity.ts'
import { useWords } from '../words/use-words.ts'

interface MovableProps {
  readonly inForce: number
  readonly unit: string | undefined
  /** As it stands in the box. */
  readonly typed: string
  /** Why it cannot be tried. */
  readonly error: string | undefined
  readonly onChange: (typed: string) => void
}

/** The number that is typed, 0 or more; null where it is none. */
export function figureOf(typed: string): number | null {
  const value = Number(typed)
  return typed.trim() === '' || !(value >= 0 && value < Number.POSITIVE_INFINITY) ? null : value
}

/** A figure with a slider for a rough move and a box for an exact one, kept in step. */
export function MovableFigure({ inForce, unit, typed, error, onChange }: MovableProps) {
  const { w } = useWords()
  const words = w.screenings.impact
  const value = figureOf(typed) ?? inForce
  const { most, step } = rangeOf(inForce, unit, value)
  return (
    <div className="movable">
      <TextInput
        type="number"
        inputMode="decimal"
        label={words.value}
        description={words.inForce(quantity(inForce, unit, w))}
        error={error}
        min={0}
        step={step}
        value={typed}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <label>
        {words.slider}
        <input
          type="range"
          min={0}
          max={most}
          step={step}
          value={value}
          aria-valuetext={quantity(value, unit, w)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </label>
      <Button
        variant="default"
        disabled={typed === String(inForce)}
        onClick={() => onChange(String(inForce))}
      >
        {words.reset}
      </Button>
    </div>
  )
}

/** From nothing to twice the figure in force, in some hundred steps; whole ones where it counts. */
function rangeOf(inForce: number, unit: string | undefined, value: number) {
  const most = Math.max(inForce * 2, value, 1)
  const fine = 10 ** Math.floor(Math.log10(Math.max(inForce * 2, 1) / 100))
  const counts = Number.isInteger(inForce) && !unit?.startsWith('CNY')
  return { most, step: counts ? Math.max(fine, 1) : Math.max(fine, 0.01) }
}
