/** Runs drills of the corruption lab from the command line: `run.ts <first seed> <how many>`. */
import { drill } from './drill.ts';

const [first = '1', count = '100', ...only] = process.argv.slice(2);
let [faulty, lost] = [0, 0];
for (let n = Number(first); n < Number(first) + Number(count); n++) {
  const result = await drill(String(n), only.length > 0 ? only : undefined);
  lost += result.lost;
  if (result.faults.length === 0) continue;
  faulty++;
  console.log(`seed ${n}: ${result.damages.join('; ')} (kept in ${result.folder})`);
  for (const fault of result.faults.slice(0, 5)) console.log(`  ${fault.slice(0, 600)}`);
}
console.log(`${count} seeds: ${faulty} with faults; ${lost} events were held by no witness`);
process.exitCode = faulty === 0 ? 0 : 1;
