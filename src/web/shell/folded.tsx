import { useState } from 'react'
import { usePrinting } from './use-printing.ts'

interface FoldedProps {
  readonly summary: React.ReactNode
  /** Whether it is open from the start. */
  readonly open?: boolean
  /** Whether it is open, and how that is changed, where that outlasts the screen. */
  readonly opening?: readonly [boolean, (open: boolean) => void]
  readonly children: React.ReactNode
}

/** What is made when it is unfolded, and on paper always. */
export function Folded({ summary, open = false, opening, children }: FoldedProps) {
  const own = useState(open)
  const [unfolded, setUnfolded] = opening ?? own
  const printing = usePrinting()
  const shown = unfolded || printing
  return (
    <details
      className="more"
      open={shown}
      onToggle={({ currentTarget }) => {
        if (!printing) setUnfolded(currentTarget.open)
      }}
    >
      <summary>{summary}</summary>
      {shown && children}
    </details>
  )
}
