const PIECE = 16;
const REST = 2 ** PIECE - 1;

/** A list of numbers from 0 to 2^32 - 1 that grows by pieces, so that nothing is ever copied: four bytes each. */
export class Grown {
  private readonly pieces: Uint32Array[] = [];
  size = 0;
  push(value: number): void {
    if ((this.size & REST) === 0) this.pieces.push(new Uint32Array(REST + 1));
    (this.pieces[this.size >>> PIECE] as Uint32Array)[this.size & REST] = value;
    this.size += 1;
  }
  at(index: number): number {
    return (this.pieces[index >>> PIECE] as Uint32Array)[index & REST] as number;
  }
  letGo(): void {
    this.pieces.length = 0;
    this.size = 0;
  }
}
