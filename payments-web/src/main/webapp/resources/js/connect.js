/* Pages about providers: keys pasted together are sorted into their fields, a list is filtered while typing, the
   asking sign shows while the provider is asked, and a filter stands in the address. */
(function () {
  'use strict';
  window.Payhub = window.Payhub || {};
  window.Payhub.at = function (address) { history.replaceState(history.state, '', address); };

  var inputOf = function (field) { return field.querySelector('input:not([type=hidden]):not([type=checkbox])'); };
  var fits = function (field, word) {
    return (field.dataset.prefixes || '').split(' ').some(function (p) { return p && word.indexOf(p) === 0; });
  };
  document.addEventListener('paste', function (e) {
    var box = e.target.closest && e.target.closest('[data-sort-keys]');
    if (!box || !e.clipboardData) return;
    var words = e.clipboardData.getData('text').split(/[\s,;:="'`]+/).filter(Boolean);
    if (words.length < 2) { // one key: looked at as soon as it is in
      setTimeout(function () { e.target.dispatchEvent(new Event('change', { bubbles: true })); }, 0);
      return;
    }
    var fields = Array.prototype.slice.call(box.querySelectorAll('.ph-keyfield'));
    var last = null;
    words.forEach(function (word) {
      var field = fields.find(function (f) { return fits(f, word); });
      if (!field) return;
      inputOf(field).value = word;
      last = inputOf(field);
    });
    if (last) {
      e.preventDefault();
      last.dispatchEvent(new Event('change', { bubbles: true }));
      last.focus();
    }
  });

  document.addEventListener('input', function (e) { // a filter over a list that is here already
    var list = e.target.dataset && e.target.dataset.filters && document.getElementById(e.target.dataset.filters);
    if (!list) return;
    var wanted = e.target.value.trim().toLowerCase();
    Array.prototype.forEach.call(list.children, function (row) {
      row.hidden = row.dataset.text.toLowerCase().indexOf(wanted) < 0;
    });
  });
  document.addEventListener('click', function (e) {
    var all = e.target.closest('[data-check-all]');
    if (!all) return;
    var boxes = Array.prototype.slice.call(document.querySelectorAll('#' + all.dataset.checkAll + ' li:not([hidden]) input'));
    var on = boxes.some(function (b) { return !b.checked; });
    boxes.forEach(function (b) { b.checked = on; });
  });
  if (window.jQuery) { // while the provider is asked about typed keys
    jQuery(document).on('pfAjaxSend', function () {
      document.querySelectorAll('.ph-asking').forEach(function (a) { a.setAttribute('aria-busy', 'true'); });
    }).on('pfAjaxComplete', function () {
      document.querySelectorAll('.ph-asking').forEach(function (a) { a.removeAttribute('aria-busy'); });
    });
  }
}());
