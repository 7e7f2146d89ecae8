// The least a menubar app can be: the yardstick for start time and memory, and the harness's own test.
const { nativeImage } = require('electron');
const { menubar } = require('menubar');

const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABYAAAAWCAYAAADEtGw7AAAABGdBTUEAALGPC/xhBQAAACBjSFJNAAB6JgAAgIQAAPoAAACA6AAAdTAAAOpgAAA6mAAAF3CculE8AAAABmJLR0QA/wD/AP+gvaeTAAAAB3RJTUUH6gsXECwbbmfNQQAAANtJREFUOMvtlDsOwjAQRF9S7DGAltThBkRKSU+OB31KJHIEamjBx9gmFDghWPkQRyAhMZ293qf1yB74yyroK6pqAMRABmyAGWCAHNgBJxEpR4FVdQkcLKxLBkhF5PIWWFXXwHHEzRMRKXrBdtKzh61Rc/IXsPX0OnD9PlsWleehU1x5QrF9cbVwwVtPaKWsy4rbhIkBjIjM28ClH+8pEQnarDATuXW/C84ngut+F7yfCK77v/OO7WbqOW3aDCTXCuy3TEZCEzeIwrZTNlAihl+J4ZERhVv4WB7/nu5UvEOm9+SfvAAAACV0RVh0ZGF0ZTpjcmVhdGUAMjAyNi0xMS0yM1QxNjo0NDoyNyswMDowMDJGd/kAAAAldEVYdGRhdGU6bW9kaWZ5ADIwMjYtMTEtMjNUMTY6NDQ6MjcrMDA6MDBDG89FAAAAAElFTkSuQmCC';
const index = 'data:text/html,<title>Bare</title>';
const icon = nativeImage.createFromDataURL(DOT);
menubar({ index, icon, preloadWindow: true, browserWindow: { width: 320, height: 400 } });
