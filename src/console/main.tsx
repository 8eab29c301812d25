/** Starts the console. */

import { render } from "preact";

render(<h1>Darkroom</h1>, document.body);
