// A QR code, black on white in every theme: readers want it so.
import type { JSX } from "preact";
import type { QrDrawing } from "../../domain/qr";

interface QrProps {
  drawing: QrDrawing | undefined;
  /** What it holds, for screen readers. */
  label: string;
}

/** The code; nothing where there is no drawing. */
export function Qr({ drawing, label }: QrProps): JSX.Element | null {
  if (drawing === undefined) return null;
  return (
    <svg class="qr" viewBox={`0 0 ${drawing.width} ${drawing.height}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={drawing.width} height={drawing.height} fill="#fff" />
      <path d={drawing.path} fill="#000" />
    </svg>
  );
}
