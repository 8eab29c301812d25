/** Runs the examples of a document as a person pastes them: in order, in one shell, in an empty folder. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const MAX_RUN_MS = 180_000;

/** `eval` keeps the variables of each command for those after it, and a command that is no shell spoils only itself. */
const SCRIPT = `for number in $(seq 0 $(($1 - 1))); do eval "$(cat $number.sh)" >$number.out 2>$number.err; done`;

/** @returns what each command prints, errors and curl's progress left out */
export async function runExamples(commands: readonly string[]): Promise<readonly string[]> {
	const folder = mkdtempSync(join(tmpdir(), "darkroom-examples-"));
	try {
		for (const [number, command] of commands.entries()) writeFileSync(join(folder, `${number}.sh`), command);
		await promisify(execFile)("bash", ["-c", SCRIPT, "bash", `${commands.length}`], {
			cwd: folder,
			timeout: MAX_RUN_MS,
		});
		return commands.map((_, number) => readFileSync(join(folder, `${number}.out`), "utf8"));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
