#include "behaviour/platform_callbacks.h"

#include <algorithm>

namespace sdkprint {
namespace {

constexpr Callback kAutomatic = Callback::automatic, kBackground = Callback::background,
                   kUser = Callback::user;

constexpr PlatformCallbacks kCallbacks[] = {
    // Threads, executors, handlers.
    {kAutomatic, "Ljava/lang/Runnable;", "run"},
    {kAutomatic, "Ljava/lang/Thread;", "run"},
    {kAutomatic, "Ljava/lang/Thread$UncaughtExceptionHandler;", "uncaughtException"},
    {kAutomatic, "Ljava/util/TimerTask;", "run"},
    {kAutomatic, "Ljava/util/concurrent/Callable;", "call"},
    {kAutomatic, "Ljava/util/concurrent/Executor;", "execute"},
    {kAutomatic, "Ljava/util/concurrent/FutureTask;", "run done set setException"},
    {kAutomatic, "Ljava/util/concurrent/RejectedExecutionHandler;", "rejectedExecution"},
    {kAutomatic, "Ljava/util/concurrent/ThreadFactory;", "newThread"},
    {kAutomatic, "Ljava/util/concurrent/ThreadPoolExecutor;",
     "beforeExecute afterExecute terminated execute"},
    {kAutomatic, "Ljava/util/concurrent/RecursiveTask;", "compute"},
    {kAutomatic, "Ljava/util/concurrent/RecursiveAction;", "compute"},
    {kAutomatic, "Landroid/os/AsyncTask;",
     "doInBackground onPreExecute onPostExecute onProgressUpdate onCancelled"},
    {kAutomatic, "Landroid/os/CountDownTimer;", "onTick onFinish"},
    {kAutomatic, "Landroid/os/Handler;", "handleMessage dispatchMessage"},
    {kAutomatic, "Landroid/os/Handler$Callback;", "handleMessage"},
    {kAutomatic, "Landroid/os/HandlerThread;", "run onLooperPrepared"},
    {kAutomatic, "Landroid/os/MessageQueue$IdleHandler;", "queueIdle"},
    {kAutomatic, "Landroid/os/ResultReceiver;", "onReceiveResult"},
    {kAutomatic, "Landroid/content/AsyncQueryHandler;", "handleMessage onQueryComplete onInsertComplete"},
    // The language and its library.
    {kAutomatic, "Ljava/lang/ClassLoader;", "findClass loadClass"},
    {kAutomatic, "Ljava/lang/Comparable;", "compareTo"},
    {kAutomatic, "Ljava/lang/reflect/InvocationHandler;", "invoke"},
    {kAutomatic, "Ljava/io/FileFilter;", "accept"},
    {kAutomatic, "Ljava/io/FilenameFilter;", "accept"},
    {kAutomatic, "Ljava/security/PrivilegedAction;", "run"},
    {kAutomatic, "Ljava/security/PrivilegedExceptionAction;", "run"},
    {kAutomatic, "Ljava/util/Comparator;", "compare"},
    {kAutomatic, "Ljava/util/Observer;", "update"},
    // Services of the platform that were asked to report.
    {kAutomatic, "Landroid/accounts/AccountManagerCallback;", "run"},
    {kAutomatic, "Landroid/accounts/OnAccountsUpdateListener;", "onAccountsUpdated"},
    {kAutomatic, "Landroid/bluetooth/BluetoothAdapter$LeScanCallback;", "onLeScan"},
    {kAutomatic, "Landroid/bluetooth/BluetoothProfile$ServiceListener;",
     "onServiceConnected onServiceDisconnected"},
    {kAutomatic, "Landroid/bluetooth/le/ScanCallback;", "onScanResult onBatchScanResults onScanFailed"},
    {kAutomatic, "Landroid/content/ServiceConnection;",
     "onServiceConnected onServiceDisconnected onBindingDied onNullBinding"},
    {kAutomatic, "Landroid/content/SharedPreferences$OnSharedPreferenceChangeListener;",
     "onSharedPreferenceChanged"},
    {kAutomatic, "Landroid/database/ContentObserver;", "onChange"},
    {kAutomatic, "Landroid/database/DataSetObserver;", "onChanged onInvalidated"},
    {kAutomatic, "Landroid/database/sqlite/SQLiteOpenHelper;",
     "onConfigure onCreate onDowngrade onOpen onUpgrade"},
    {kAutomatic, "Landroid/hardware/SensorEventListener;", "onAccuracyChanged onSensorChanged"},
    {kAutomatic, "Landroid/location/GnssStatus$Callback;",
     "onStarted onStopped onFirstFix onSatelliteStatusChanged"},
    {kAutomatic, "Landroid/location/GpsStatus$Listener;", "onGpsStatusChanged"},
    {kAutomatic, "Landroid/location/LocationListener;",
     "onFlushComplete onLocationChanged onProviderDisabled onProviderEnabled onStatusChanged"},
    {kAutomatic, "Landroid/net/ConnectivityManager$NetworkCallback;",
     "onAvailable onBlockedStatusChanged onCapabilitiesChanged onLinkPropertiesChanged onLosing onLost "
     "onUnavailable"},
    {kAutomatic, "Landroid/os/FileObserver;", "onEvent"},
    {kAutomatic, "Landroid/os/IBinder$DeathRecipient;", "binderDied"},
    {kAutomatic, "Landroid/telephony/PhoneStateListener;",
     "onCallForwardingIndicatorChanged onCallStateChanged onCellInfoChanged onCellLocationChanged "
     "onDataActivity onDataConnectionStateChanged onMessageWaitingIndicatorChanged onServiceStateChanged "
     "onSignalStrengthChanged onSignalStrengthsChanged"},
    {kAutomatic, "Ljavax/net/ssl/HostnameVerifier;", "verify"},
    {kAutomatic, "Ljavax/net/ssl/X509TrustManager;",
     "checkClientTrusted checkServerTrusted getAcceptedIssuers"},
    {kAutomatic, "Ljavax/net/ssl/SSLSocketFactory;", "createSocket"},
    // Somebody else's doing: a broadcast, another process.
    {kBackground, "Landroid/content/BroadcastReceiver;", "onReceive"},
    {kBackground, "Landroid/os/Binder;", "onTransact"},
    {kBackground, "Landroid/app/job/JobService;", "onStartJob onStopJob"},
    // What the user does and sees, beyond the names that say so themselves.
    {kUser, "Landroid/animation/TimeInterpolator;", "getInterpolation"},
    {kUser, "Landroid/animation/TypeEvaluator;", "evaluate"},
    {kUser, "Landroid/opengl/GLSurfaceView$EGLConfigChooser;", "chooseConfig"},
    {kUser, "Landroid/text/TextWatcher;", "afterTextChanged beforeTextChanged"},
    {kUser, "Landroid/text/InputFilter;", "filter"},
    {kUser, "Landroid/view/Choreographer$FrameCallback;", "doFrame"},
    {kUser, "Landroid/view/SurfaceHolder$Callback;", "surfaceChanged surfaceCreated surfaceDestroyed"},
    {kUser, "Landroid/view/View;", "computeScroll dispatchDraw dispatchTouchEvent draw"},
    {kUser, "Landroid/webkit/WebViewClient;",
     "doUpdateVisitedHistory shouldInterceptRequest shouldOverrideKeyEvent shouldOverrideUrlLoading"},
    {kUser, "Landroid/widget/Adapter;", "getCount getItem getItemId getItemViewType getView"},
    {kUser, "Landroid/widget/BaseAdapter;", "getCount getItem getItemId getItemViewType getView"},
    {kUser, "Landroid/widget/ArrayAdapter;", "getCount getItem getItemId getItemViewType getView"},
    {kUser, "Landroid/widget/CursorAdapter;", "bindView newView getView"},
    {kUser, "Landroid/widget/Filter;", "performFiltering publishResults"},
};

bool is_any_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::span<const PlatformCallbacks> platform_callbacks() { return kCallbacks; }

bool is_callback_name(std::string_view name) {
  return name.size() > 2 && name.starts_with("on") && name[2] >= 'A' && name[2] <= 'Z';
}

/// A provider's query, insert and so on wait for somebody who asks; only these run by themselves.
bool is_entry_method(Reach kind, bool is_provider, std::string_view name) {
  switch (kind) {
    case Reach::provider_start:
      return is_provider ? is_any_of(name, {"attachInfo", "onCreate"})
                         : is_any_of(name, {"create", "dependencies"}) || name.starts_with("instantiate");
    case Reach::application_start:
      return is_any_of(name, {"attachBaseContext", "onCreate"}) || name.starts_with("instantiate");
    case Reach::background:
    case Reach::screen:
      return is_callback_name(name) || name == "attachBaseContext";
    case Reach::host_call:
    case Reach::not_established:
      break;
  }
  return false;
}

}  // namespace sdkprint
