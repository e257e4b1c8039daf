/* The pay page works without this file. With it the waiting page looks by itself, the time of a
   quote runs down, and a second press does nothing. */
(function () {
  'use strict';
  var wait = document.querySelector('[data-wait]');
  if (wait) {
    var tries = 0;
    var look = function () {
      fetch(wait.dataset.wait, { cache: 'no-store' }).then(function (r) { return r.text(); }).then(function (state) {
        if (state !== 'pending') location.reload(); else again();
      }, again);
    };
    var again = function () { tries++; setTimeout(look, tries < 20 ? 1500 : 6000); };
    again();
  }
  var left = document.querySelector('[data-left]');
  if (left) { // counted from what the server says is left: the clock here may be wrong
    var end = Date.now() + left.dataset.left * 1000;
    var two = function (n) { return String(n).padStart(2, '0'); };
    var count = function () {
      var s = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      if (s === 0) { left.parentNode.textContent = left.dataset.over; return; }
      left.textContent = s < 3600 ? Math.floor(s / 60) + ':' + two(s % 60)
        : Math.floor(s / 3600) + ':' + two(Math.floor(s % 3600 / 60)) + ':' + two(s % 60);
      setTimeout(count, 1000);
    };
    count();
  }
  document.addEventListener('submit', function (e) {
    var button = e.target.querySelector('button[type=submit]');
    if (e.target.dataset.sent) { e.preventDefault(); return; }
    e.target.dataset.sent = '1';
    if (button) button.setAttribute('aria-disabled', 'true');
  });
  addEventListener('pageshow', function (e) { // came back by the browser's arrow
    if (e.persisted) location.reload();
  });
}());
