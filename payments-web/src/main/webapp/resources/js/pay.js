/* The pay page works without this file. With it the waiting page looks by itself, and a second press does nothing. */
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
