/** Cuts a JSON document, fed in pieces of any size, into the elements of one array. */
export type RecordSplitter = {
  /** The elements that this piece completed. Throws SyntaxError where the document can't be what is asked for. */
  push: (piece: string) => JsonRecord[];
  /** To be called at the end; throws SyntaxError when the array is missing or not finished. */
  end: () => void;
};

/** The text of one element, and the line of the file on which it begins (from 1). */
export type JsonRecord = { text: string; line: number };

const WHITESPACE = /\s/;

/**
 * Finds the array to split: the document itself, or the member `key` of the object that it is. Only the text of one element is held
 * at a time, so the size of the file does not matter; whether an element is valid JSON is for its parser to say.
 */
export function splitRecords(key: string): RecordSplitter {
  const scanner = new Scanner(key);
  return {
    push: (piece) => {
      for (const char of piece) scanner.read(char);
      return scanner.take();
    },
    end: () => scanner.finish(),
  };
}

class Scanner {
  private readonly wanted: string;
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** The text of the last string outside the array: maybe the name of a member. */
  private name = "";
  /** Depth of the array's elements; 0 until it is found. */
  private arrayDepth = 0;
  private finished = false;
  private element = "";
  private ready: JsonRecord[] = [];
  private line = 1;
  private elementLine = 1;

  constructor(wanted: string) {
    this.wanted = wanted;
  }

  take(): JsonRecord[] {
    const ready = this.ready;
    this.ready = [];
    return ready;
  }

  finish() {
    if (this.finished && this.depth === 0) return;
    const missing = `The file has no list of ${this.wanted}.`;
    throw new SyntaxError(this.arrayDepth === 0 ? missing : "The file ends in the middle of a record.");
  }

  read(char: string) {
    if (char === "\n") this.line += 1;
    if (this.inString) this.readString(char);
    else if (char === '"') {
      this.inString = true;
      this.name = "";
      this.keep(char);
    } else this.readStructure(char);
  }

  private readString(char: string) {
    this.keep(char);
    if (this.escaped) this.escaped = false;
    else if (char === "\\") this.escaped = true;
    else if (char === '"') this.inString = false;
    else if (this.arrayDepth === 0) this.name += char;
  }

  private readStructure(char: string) {
    const inArray = this.arrayDepth > 0 && !this.finished;
    if (inArray && this.depth === this.arrayDepth && (char === "," || char === "]")) this.complete();
    else if (!WHITESPACE.test(char) || this.element !== "") this.keep(char);
    if (char === "[" || char === "{") this.open(char);
    else if (char === "]" || char === "}") this.close();
  }

  private open(char: string) {
    this.depth += 1;
    if (this.arrayDepth > 0 || char !== "[") return;
    const isRoot = this.depth === 1;
    if (isRoot || (this.depth === 2 && this.name === this.wanted)) this.arrayDepth = this.depth;
  }

  private close() {
    if (this.depth === this.arrayDepth) this.finished = true;
    this.depth -= 1;
    if (this.depth < 0) throw new SyntaxError("The file is not JSON.");
  }

  private keep(char: string) {
    if (this.arrayDepth === 0 || this.finished) return;
    if (this.element === "") this.elementLine = this.line;
    this.element += char;
  }

  private complete() {
    const text = this.element.trim();
    this.element = "";
    if (text !== "") this.ready.push({ text, line: this.elementLine });
  }
}
